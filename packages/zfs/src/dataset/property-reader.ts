import { OutputParseError } from '@quiesce/command';
import { valueReader, type PropertyValue, type ValueOf } from './native-properties.js';
import type { LineReader } from '../stream-rows.js';

/** Where the value of a property comes from. `none` for one that is only read, or not set. */
export type PropertySource = 'local' | 'default' | 'inherited' | 'received' | 'temporary' | 'none';

/** One property of one dataset as {@link Zfs.get} returns it. */
export interface Property<Name extends string = string> {
  /** The dataset, snapshot or bookmark. */
  readonly name: string;
  /** The property, as `compression` or `quiesce:run`. */
  readonly property: Name;
  /**
   * The value: sizes and counts as a number, what is on or off as a boolean, times as a `Date`, all
   * else as text. Undefined where it is not set, or where the dataset has no such property. A quota
   * or reservation that is not set is 0.
   */
  readonly value: ValueOf<Name> | undefined;
  /** The value as zfs prints it, numbers exact. */
  readonly text: string;
  /** Where the value comes from. */
  readonly source: PropertySource;
  /** The dataset that it is inherited from, for source `inherited`. */
  readonly inheritedFrom: string | undefined;
}

const sources: ReadonlyMap<string, PropertySource> = new Map([
  ['-', 'none'],
  ['local', 'local'],
  ['default', 'default'],
  ['received', 'received'],
  ['temporary', 'temporary'],
]);
const inheritedFrom = 'inherited from ';

/** The texts of an output that come again in many of its rows, and what each of them means. */
function remember<Meaning>(read: (text: string) => Meaning): (text: string) => Meaning {
  const known = new Map<string, { readonly meaning: Meaning }>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) known.set(text, (found = { meaning: read(text) }));
    return found.meaning;
  };
}

interface Source {
  readonly source: PropertySource;
  readonly inheritedFrom: string | undefined;
  /** Whether a line with it can begin a row. */
  readonly isKnown: boolean;
}

function readSource(text: string): Source {
  const source = sources.get(text);
  if (source !== undefined) return { source, inheritedFrom: undefined, isKnown: true };
  const isKnown = text.startsWith(inheritedFrom);
  const from = text.slice(inheritedFrom.length);
  return { source: 'inherited', inheritedFrom: isKnown && from !== '' ? from : undefined, isKnown };
}

/**
 * Makes the reader of one output with name, property, source and value. It goes over each line
 * once, without cells.
 *
 * @param options - `isOpen` where a value may hold tabs and line breaks. A line that begins no row
 * then continues it, and one that was made to look like a row has to be told by other means.
 */
export function propertyReader({ isOpen }: { readonly isOpen: boolean }): LineReader<Property> {
  const reader = remember((property): ((text: string) => PropertyValue | undefined) => valueReader(property));
  const sourceOf = remember(readSource);
  let open: Property | undefined;

  function readLine(line: string): Property | undefined {
    const first = line.indexOf('\t');
    const second = line.indexOf('\t', first + 1);
    const third = line.indexOf('\t', second + 1);
    // Where a tab is missing, the search begins again at the front. Names are never empty.
    if (first < 1 || second <= first + 1 || third <= second) return undefined;
    const { source, inheritedFrom, isKnown } = sourceOf(line.slice(second + 1, third));
    if (isOpen && !isKnown) return undefined;
    const property = line.slice(first + 1, second);
    const text = line.slice(third + 1);
    const value = source === 'none' && text === '-' ? undefined : reader(property)(text);
    return { name: line.slice(0, first), property, value, text, source, inheritedFrom };
  }

  /** What a further line makes of a property. */
  function continued({ text, ...property }: Property, line: string): Property {
    const whole = `${text}\n${line}`;
    return { ...property, value: reader(property.property)(whole), text: whole };
  }

  return {
    push(lines) {
      const rows: Property[] = [];
      for (const line of lines) {
        const row = readLine(line);
        if (row === undefined) {
          if (open === undefined) throw new OutputParseError('a row of zfs get is not as expected', { text: line });
          open = continued(open, line);
        } else {
          if (open !== undefined) rows.push(open);
          if (isOpen) open = row;
          else rows.push(row);
        }
      }
      return rows;
    },
    end() {
      const rows = open === undefined ? [] : [open];
      open = undefined;
      return rows;
    },
  };
}
