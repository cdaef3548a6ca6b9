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
import { datasetsRow } from '../names.js';
import { readRows } from '../read-rows.js';
import { outputLines, requireRows } from '../output-rows.js';
import { datasetReader } from './dataset-reader.js';
import {
  allFields,
  datasetTypes,
  defaultFields,
  fieldColumns,
  type DatasetField,
  type DatasetType,
  type DatasetWith,
  type DefaultDatasetField,
} from './fields.js';
import { findsOnlyNamed, selectionRows, withoutTwice, type DatasetSelection } from './selection.js';

/** What {@link Zfs.list} takes. */
export interface ZfsListOptions<Field extends DatasetField = DatasetField> extends CallOptions, DatasetSelection {
  /**
   * Datasets and snapshots to list.
   * @default all
   */
  readonly datasets?: string | readonly string[];
  /**
   * Kinds to list.
   * @default file systems and volumes, and the snapshots that `datasets` names
   */
  readonly types?: DatasetType | readonly DatasetType[];
  /**
   * What to tell besides name and type. Of many snapshots some of it is told much sooner than all:
   * `guid`, `createtxg` and `createdAt` cost next to nothing.
   * @default sizes, whether it is mounted and where, and when it was made
   */
  readonly fields?: Field | readonly Field[];
  /**
   * What to sort by.
   * @default the name, and snapshots of one dataset by their age
   */
  readonly sortBy?: DatasetField | 'name';
  /**
   * Sorts the other way round.
   * @default false
   */
  readonly descending?: boolean;
}

/** One dataset as {@link Zfs.list} returns it, where no other fields are asked for. */
export type Dataset = DatasetWith<DefaultDatasetField>;

/** The words of {@link ZfsListOptions}. */
export const zfsListRows: Rows<ZfsListOptions> = {
  ...selectionRows,
  types: { kind: 'one-or-many', option: '-t', join: ',', each: { kind: 'choice', values: datasetTypes } },
  fields: { kind: 'one-or-many', each: { kind: 'choice', values: allFields } },
  sortBy: { kind: 'choice', values: [...allFields, 'name'] },
  descending: { kind: 'flag' },
  datasets: datasetsRow,
};

/** The fields that are asked for, in the order of their columns. */
export function fieldsOf(
  { fields = defaultFields }: Checked<ZfsListOptions>,
  among: readonly DatasetField[] = allFields,
): DatasetField[] {
  return among.filter((field) => fields.includes(field));
}

/** The columns of these fields. */
export function columnsOf(fields: readonly DatasetField[]): string[] {
  return ['name', 'type', ...fields.map((field) => fieldColumns[field].property)];
}

/** Builds the command that prints these columns of what checked options ask for. */
export function buildZfsList(shown: readonly string[], checked: Checked<ZfsListOptions>): Command {
  const { datasets = [], descending = false, fields: _, sortBy, ...words } = checked;
  if (descending && sortBy === undefined) {
    throw new InvalidArgumentError({ argument: 'descending', value: descending, expected: 'sortBy beside it' });
  }
  const key = sortBy === undefined || sortBy === 'name' ? sortBy : fieldColumns[sortBy].property;
  const sorting = key === undefined ? [] : [descending ? '-S' : '-s', key];
  const flags = [...argumentWords(zfsListRows, withoutTwice(words)), ...sorting, '-o', shown.join(',')];
  return createCommand('zfs', ['list', '-Hp', ...flags, '--', ...datasets], { effect: 'read' });
}

/** Builds the command of {@link Zfs.list}. See zfs-list(8). */
export function zfsListCommand(options: ZfsListOptions = {}): Command {
  const checked = checkOptions<ZfsListOptions>(zfsListRows, options);
  return buildZfsList(columnsOf(fieldsOf(checked)), checked);
}

/**
 * Builds the command that names the rows which that of {@link zfsListCommand} prints for the same
 * options: nothing in it can be forged, since names of datasets hold no line breaks.
 * {@link parseZfsList} takes what it prints.
 */
export function zfsListNamesCommand(options: ZfsListOptions = {}): Command {
  return buildZfsList(['name'], checkOptions<ZfsListOptions>(zfsListRows, options));
}

/** Whether a mount point can look like rows beside those that the options name. */
function needsNames(checked: Checked<ZfsListOptions>): boolean {
  const { datasets = [], types = [], ...selection } = checked;
  const takesMountpoints = types.length === 0 || types.includes('filesystem');
  return takesMountpoints && fieldsOf(checked).includes('mountpoint') && !findsOnlyNamed(selection, datasets, types);
}

/**
 * Reads what the command of {@link Zfs.list} prints, and refuses an output with forged rows. Takes
 * the same options as the command.
 *
 * @param names - What the command of {@link zfsListNamesCommand} printed. It can be left out where
 * datasets are named, without `recursive` and `depth`, and where neither `types` nor `fields` asks
 * for a mount point.
 * @throws `OutputParseError` for rows other than those, also where one came or went between the two
 * commands.
 */
export function parseZfsList<Field extends DatasetField = DefaultDatasetField>(
  stdout: string,
  options: ZfsListOptions<Field> = {},
  names?: string,
): DatasetWith<Field>[] {
  const checked = checkOptions<ZfsListOptions>(zfsListRows, options);
  if (names === undefined && needsNames(checked)) {
    throw new InvalidArgumentError({ argument: 'names', value: names, expected: 'what zfsListNamesCommand prints' });
  }
  const reader = datasetReader<Field>(fieldsOf(checked));
  const rows = reader.push(outputLines(stdout));
  rows.push(...reader.end());
  const { datasets = [], types = [], ...selection } = checked;
  const expected =
    names !== undefined ? outputLines(names) : findsOnlyNamed(selection, datasets, types) ? datasets : undefined;
  if (expected !== undefined) {
    requireRows(
      'zfs list',
      rows.map(({ name }) => name),
      expected,
    );
  }
  return rows;
}

/** Runs what {@link Zfs.list} runs. */
export async function readDatasets<Field extends DatasetField = DefaultDatasetField>(
  zfs: CommandRunner,
  options: ZfsListOptions<Field>,
): Promise<DatasetWith<Field>[]> {
  const checked = checkOptions<ZfsListOptions>(zfsListRows, options) as ZfsListOptions<Field>;
  return readRows(zfs, checked, {
    names: needsNames(checked as Checked<ZfsListOptions>) ? zfsListNamesCommand(checked) : undefined,
    rows: zfsListCommand(checked),
    parse: (stdout, names) => parseZfsList(stdout, checked, names),
  });
}
