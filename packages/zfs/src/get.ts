import {
  createCommand,
  InvalidArgumentError,
  OutputParseError,
  type CallOptions,
  type Command,
} from '@quiesce/command';
import type { DatasetType } from './list.js';
import { checkAnyName } from './names.js';
import { checkProperty } from './properties.js';
import { parseRows, requireAsked } from './rows.js';
import { selectionArguments, type Selection } from './selection.js';

/** What {@link Zfs.get} takes. */
export interface GetOptions extends CallOptions, Selection {
  /**
   * Datasets, snapshots and bookmarks to read.
   * @default all
   */
  readonly datasets?: readonly string[];
  /**
   * Native and user properties to read.
   * @default all
   */
  readonly properties?: readonly string[];
  /**
   * Kinds to read, where `recursive` or `depth` finds more than was named.
   * @default all kinds
   */
  readonly types?: readonly (DatasetType | 'bookmark')[];
}

/** Where the value of a property comes from. `none` for one that is only read, or not set. */
export type PropertySource = 'local' | 'default' | 'inherited' | 'received' | 'temporary' | 'none';

/** One property of one dataset as {@link Zfs.get} returns it. */
export interface Property {
  /** The dataset, snapshot or bookmark. */
  readonly name: string;
  /** The property, as `compression` or `quiesce:run`. */
  readonly property: string;
  /** The value as it is, numbers exact. Undefined where it is not set or the dataset has no such property. */
  readonly value: string | undefined;
  /** Where the value comes from. */
  readonly source: PropertySource;
  /** The dataset that it is inherited from, for source `inherited`. */
  readonly inheritedFrom: string | undefined;
}

const knownTypes = ['filesystem', 'volume', 'snapshot', 'bookmark'];

// The value comes last: it may hold tabs and line breaks.
const columns = ['name', 'property', 'source', 'value'] as const;

/** Builds the command of {@link Zfs.get}. See zfs-get(8). */
export function getCommand({ datasets = [], properties = [], types = [], ...selection }: GetOptions = {}): Command {
  const names = datasets.map((name, index) => checkAnyName(`datasets[${String(index)}]`, name));
  const wanted = properties.map((name, index) => {
    const argument = `properties[${String(index)}]`;
    const expected = 'one property; leave properties out for all';
    if (name === 'all') throw new InvalidArgumentError({ argument, value: name, expected });
    return checkProperty(argument, name);
  });
  const options = [...selectionArguments(selection, types, knownTypes), '-o', columns.join(',')];
  const list = wanted.length > 0 ? [...new Set(wanted)].join(',') : 'all';
  return createCommand('zfs', ['get', '-Hp', ...options, '--', list, ...names], { effect: 'read' });
}

const sources: Readonly<Record<string, PropertySource>> = {
  '-': 'none',
  local: 'local',
  default: 'default',
  received: 'received',
  temporary: 'temporary',
};
const inherited = /^inherited from (.+)$/;
const start = new RegExp(`^[^\\t]+\\t[^\\t]+\\t(?:${Object.keys(sources).join('|')}|inherited from [^\\t]+)\\t`);

function parseRow(row: Record<(typeof columns)[number], string>): Property {
  const source = sources[row.source] ?? 'inherited';
  return {
    name: row.name,
    property: row.property,
    value: source === 'none' && row.value === '-' ? undefined : row.value,
    source,
    inheritedFrom: inherited.exec(row.source)?.[1],
  };
}

/** Reads what the command of {@link Zfs.get} prints. Takes the same options as the command. */
export function parseGet(stdout: string, { datasets = [], properties = [] }: GetOptions = {}): Property[] {
  return parseRows(stdout, { what: 'zfs get', columns, start, key: ['name', 'property'] }).map((row) => {
    requireAsked('zfs get', datasets, row.name);
    if (properties.length > 0 && !properties.includes(row.property)) {
      throw new OutputParseError('zfs get names a property that was not asked for', { text: row.property });
    }
    return parseRow(row);
  });
}
