import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Checked,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import type { DatasetType } from './fields.js';
import { checkAnyName } from '../names.js';
import { propertyRow } from './properties.js';
import { readRows } from '../read-rows.js';
import { outputLines, requireRows } from '../output-rows.js';
import { isNotFreeText } from './native-properties.js';
import { propertyReader, type Property } from './property-reader.js';
import { findsOnlyNamed, selectionRows, withoutTwice, type DatasetSelection } from './selection.js';

/** What {@link Zfs.get} takes. */
export interface ZfsGetOptions<Name extends string = string> extends CallOptions, DatasetSelection {
  /**
   * Datasets, snapshots and bookmarks to read.
   * @default all
   */
  readonly datasets?: string | readonly string[];
  /**
   * Native and user properties to read, in full words: `referenced`, not `refer`.
   * @default all
   */
  readonly properties?: Name | readonly Name[];
  /**
   * Kinds to read, where `recursive` or `depth` finds more than was named.
   * @default all kinds
   */
  readonly types?: DatasetType | 'bookmark' | readonly (DatasetType | 'bookmark')[];
}

/**
 * Properties as {@link Zfs.get} returns them: by the name of the dataset, then by that of the
 * property. What zfs did not tell of is not in it. Neither have they what other objects have, as
 * `toString`: a dataset may be called so.
 */
export type PropertiesByDataset<Name extends string = string> = Readonly<
  Record<
    string,
    string extends Name ? Readonly<Record<string, Property>> : { readonly [Each in Name]?: Property<Each> }
  >
>;

/** The columns. The value comes last: it may hold tabs and line breaks. */
export const getColumns = ['name', 'property', 'source', 'value'] as const;

/** The words of {@link ZfsGetOptions}. */
export const zfsGetRows: Rows<ZfsGetOptions> = {
  ...selectionRows,
  types: {
    kind: 'one-or-many',
    option: '-t',
    join: ',',
    each: { kind: 'choice', values: ['filesystem', 'volume', 'snapshot', 'bookmark'] },
  },
  properties: { kind: 'one-or-many', each: propertyRow },
  datasets: { kind: 'one-or-many', each: { kind: 'text', check: checkAnyName, sample: 'tank/vm#monday' } },
};

/** Builds the command that prints these columns. */
export function buildZfsGet(shown: readonly string[], options: ZfsGetOptions): Command {
  const checked = checkOptions<ZfsGetOptions>(zfsGetRows, options);
  const { datasets = [], properties = ['all'] } = checked;
  const flags = [...argumentWords(zfsGetRows, withoutTwice(checked)), '-o', shown.join(',')];
  const list = [...new Set(properties)].join(',');
  return createCommand('zfs', ['get', '-Hp', ...flags, '--', list, ...datasets], { effect: 'read' });
}

/** Builds the command of {@link Zfs.get}. See zfs-get(8). */
export function zfsGetCommand(options: ZfsGetOptions = {}): Command {
  return buildZfsGet(getColumns, options);
}

/**
 * Builds the command that names the rows which that of {@link zfsGetCommand} prints for the same
 * options: nothing in it can be forged, since names of datasets and properties hold no line breaks.
 * {@link parseZfsGet} takes what it prints.
 */
export function zfsGetNamesCommand(options: ZfsGetOptions = {}): Command {
  return buildZfsGet(['name', 'property'], options);
}

/** The rows that there are, where the options name them all. */
function namedRows(options: Checked<ZfsGetOptions>): string[] | undefined {
  const { datasets = [], properties = [], types = [], ...selection } = options;
  if (properties.length === 0 || !findsOnlyNamed(selection, datasets, types)) return undefined;
  return datasets.flatMap((name) => properties.map((property) => `${name}\t${property}`));
}

/** Whether a value can look like rows beside those that the options name. */
function needsNames(checked: Checked<ZfsGetOptions>): boolean {
  const { properties = [] } = checked;
  const isFreeText = properties.length === 0 || !properties.every(isNotFreeText);
  return isFreeText && namedRows(checked) === undefined;
}

/**
 * Reads what the command of {@link Zfs.get} prints, and refuses an output with forged rows. Takes
 * the same options as the command.
 *
 * @param names - What the command of {@link zfsGetNamesCommand} printed. It can be left out where
 * datasets and properties are all named, without `recursive` and `depth`, and `types` does not ask
 * for snapshots or bookmarks alone; and where {@link Zfs.getStream} would read the properties.
 * @throws `OutputParseError` for rows other than those, also where one came or went between the two
 * commands.
 */
export function parseZfsGet(stdout: string, options: ZfsGetOptions = {}, names?: string): Property[] {
  const checked = checkOptions<ZfsGetOptions>(zfsGetRows, options);
  if (names === undefined && needsNames(checked)) {
    throw new InvalidArgumentError({ argument: 'names', value: names, expected: 'what zfsGetNamesCommand prints' });
  }
  const reader = propertyReader({ isOpen: true });
  const rows = reader.push(outputLines(stdout));
  rows.push(...reader.end());
  const expected = names === undefined ? namedRows(checked) : outputLines(names);
  if (expected !== undefined) {
    requireRows(
      'zfs get',
      rows.map(({ name, property }) => `${name}\t${property}`),
      expected,
    );
  }
  return rows;
}

/**
 * What has this for its prototype has nothing that every object has, as a property may be called
 * so. Without a prototype V8 makes each a hash table: of 100,000 that takes as long as the rest.
 */
const nothing = Object.freeze(Object.create(null) as object);

/** Sorts what {@link parseZfsGet} returns by dataset and property. */
export function propertiesByDataset<Name extends string = string>(
  properties: readonly Property[],
): PropertiesByDataset<Name> {
  // A pool may be called as something that every object has.
  const sorted = Object.create(null) as Record<string, Record<string, Property>>;
  for (const property of properties) {
    const all = (sorted[property.name] ??= Object.create(nothing) as Record<string, Property>);
    all[property.property] = property;
  }
  return sorted as PropertiesByDataset as PropertiesByDataset<Name>;
}

/** Runs what {@link Zfs.get} runs. */
export async function readProperties<Name extends string = string>(
  zfs: CommandRunner,
  options: ZfsGetOptions<Name>,
): Promise<PropertiesByDataset<Name>> {
  const checked = checkOptions<ZfsGetOptions>(zfsGetRows, options);
  const rows = await readRows(zfs, checked, {
    names: needsNames(checked) ? zfsGetNamesCommand(checked) : undefined,
    rows: zfsGetCommand(checked),
    parse: (stdout, names) => parseZfsGet(stdout, checked, names),
  });
  return propertiesByDataset<Name>(rows);
}
