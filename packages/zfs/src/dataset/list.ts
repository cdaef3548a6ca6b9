import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  OutputParseError,
  parseInteger,
  type CallOptions,
  type Checked,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { datasetsRow } from '../names.js';
import { readRows } from '../read-rows.js';
import { outputLines, parseRows, requireRows, unset } from '../output-rows.js';
import { findsOnlyNamed, selectionRows, withoutTwice, type DatasetSelection } from './selection.js';

/** Kinds of datasets. */
export type DatasetType = 'filesystem' | 'volume' | 'snapshot';

/** What {@link Zfs.list} takes. */
export interface ZfsListOptions extends CallOptions, DatasetSelection {
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
}

/** One dataset as {@link Zfs.list} returns it. */
export interface Dataset {
  /** `pool/path`, or `pool/path@name` for a snapshot. */
  readonly name: string;
  /** What it is. */
  readonly type: DatasetType;
  /**
   * Space that it and everything below it take, in bytes. For a snapshot: that would be free
   * without it alone.
   */
  readonly usedBytes: number;
  /** Space left for it, in bytes. Undefined for a snapshot. */
  readonly availableBytes: number | undefined;
  /** Data that it refers to, in bytes, shared or not. */
  readonly referencedBytes: number;
  /** Whether it is mounted now. Undefined for what can't be. */
  readonly mounted: boolean | undefined;
  /** When it was made. */
  readonly createdAt: Date;
  /**
   * Where it is mounted, or would be. Undefined for what has no mount point, `none` and `legacy` as
   * they are.
   */
  readonly mountpoint: string | undefined;
}

const datasetTypes: readonly DatasetType[] = ['filesystem', 'volume', 'snapshot'];

// The mount point comes last: it may hold tabs and line breaks.
const columns = ['name', 'type', 'used', 'available', 'referenced', 'mounted', 'creation', 'mountpoint'] as const;

/** The words of {@link ZfsListOptions}. */
export const zfsListRows: Rows<ZfsListOptions> = {
  ...selectionRows,
  types: { kind: 'one-or-many', option: '-t', join: ',', each: { kind: 'choice', values: datasetTypes } },
  datasets: datasetsRow,
};

function build(shown: readonly string[], options: ZfsListOptions): Command {
  const checked = checkOptions<ZfsListOptions>(zfsListRows, options);
  const flags = [...argumentWords(zfsListRows, withoutTwice(checked)), '-o', shown.join(',')];
  return createCommand('zfs', ['list', '-Hp', ...flags, '--', ...(checked.datasets ?? [])], { effect: 'read' });
}

/** Builds the command of {@link Zfs.list}. See zfs-list(8). */
export function zfsListCommand(options: ZfsListOptions = {}): Command {
  return build(columns, options);
}

/**
 * Builds the command that names the rows which that of {@link zfsListCommand} prints for the same
 * options: nothing in it can be forged, since names of datasets hold no line breaks.
 * {@link parseZfsList} takes what it prints.
 */
export function zfsListNamesCommand(options: ZfsListOptions = {}): Command {
  return build(['name'], options);
}

/** Whether a mount point can look like rows beside those that the options name. */
function needsNames({ datasets = [], types = [], ...selection }: Checked<ZfsListOptions>): boolean {
  const takesMountpoints = types.length === 0 || types.includes('filesystem');
  return takesMountpoints && !findsOnlyNamed(selection, datasets, types);
}

function parseRow(row: Record<(typeof columns)[number], string>): Dataset {
  const type = datasetTypes.find((known) => known === row.type);
  if (type === undefined) throw new OutputParseError('zfs list names an unknown type', { text: row.type });
  const available = unset(row.available);
  const mounted = unset(row.mounted);
  return {
    name: row.name,
    type,
    usedBytes: parseInteger('used', row.used),
    availableBytes: available === undefined ? undefined : parseInteger('available', available),
    referencedBytes: parseInteger('referenced', row.referenced),
    mounted: mounted === undefined ? undefined : mounted === 'yes',
    createdAt: new Date(parseInteger('creation', row.creation) * 1000),
    mountpoint: unset(row.mountpoint),
  };
}

const start = new RegExp(`^[^\\t]+\\t(?:${datasetTypes.join('|')})\\t`);

/**
 * Reads what the command of {@link Zfs.list} prints, and refuses an output with forged rows. Takes
 * the same options as the command.
 *
 * @param names - What the command of {@link zfsListNamesCommand} printed. It can be left out where
 * datasets are named, without `recursive` and `depth`, and where `types` asks for no file systems:
 * nothing else has a mount point.
 * @throws `OutputParseError` for rows other than those, also where one came or went between the two
 * commands.
 */
export function parseZfsList(stdout: string, options: ZfsListOptions = {}, names?: string): Dataset[] {
  const checked = checkOptions<ZfsListOptions>(zfsListRows, options);
  if (names === undefined && needsNames(checked)) {
    throw new InvalidArgumentError({ argument: 'names', value: names, expected: 'what zfsListNamesCommand prints' });
  }
  const rows = parseRows(stdout, { what: 'zfs list', columns, start });
  const found = rows.map(({ name }) => name);
  const { datasets = [], types = [], ...selection } = checked;
  if (names !== undefined) requireRows('zfs list', found, outputLines(names));
  else if (findsOnlyNamed(selection, datasets, types)) requireRows('zfs list', found, datasets);
  return rows.map(parseRow);
}

/** Runs what {@link Zfs.list} runs. */
export async function readDatasets(zfs: CommandRunner, options: ZfsListOptions): Promise<Dataset[]> {
  const checked = checkOptions<ZfsListOptions>(zfsListRows, options);
  return readRows(zfs, checked, {
    names: needsNames(checked) ? zfsListNamesCommand(checked) : undefined,
    rows: zfsListCommand(checked),
    parse: (stdout, names) => parseZfsList(stdout, checked, names),
  });
}
