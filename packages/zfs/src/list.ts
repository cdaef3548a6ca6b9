import { createCommand, OutputParseError, parseInteger, type CallOptions, type Command } from '@quiesce/command';
import { checkDatasetOrSnapshot } from './names.js';
import { parseRows, requireAsked, unset } from './rows.js';
import { selectionArguments, type Selection } from './selection.js';

/** Kinds of datasets. */
export type DatasetType = 'filesystem' | 'volume' | 'snapshot';

/** What {@link Zfs.list} takes. */
export interface ListOptions extends CallOptions, Selection {
  /**
   * Datasets and snapshots to list.
   * @default all
   */
  readonly datasets?: readonly string[];
  /**
   * Kinds to list.
   * @default file systems and volumes, and the snapshots that `datasets` names
   */
  readonly types?: readonly DatasetType[];
}

/** One dataset as {@link Zfs.list} returns it. */
export interface Dataset {
  /** `pool/path`, or `pool/path@name` for a snapshot. */
  readonly name: string;
  /** What it is. */
  readonly type: DatasetType;
  /** Space that it and everything below it take, in bytes. For a snapshot: that would be free without it alone. */
  readonly usedBytes: number;
  /** Space left for it, in bytes. Undefined for a snapshot. */
  readonly availableBytes: number | undefined;
  /** Data that it refers to, in bytes, shared or not. */
  readonly referencedBytes: number;
  /** Whether it is mounted now. Undefined for what can't be. */
  readonly mounted: boolean | undefined;
  /** When it was made. */
  readonly createdAt: Date;
  /** Where it is mounted, or would be. Undefined for what has no mount point, `none` and `legacy` as they are. */
  readonly mountpoint: string | undefined;
}

const datasetTypes: readonly DatasetType[] = ['filesystem', 'volume', 'snapshot'];

// The mount point comes last: it may hold tabs and line breaks.
const columns = ['name', 'type', 'used', 'available', 'referenced', 'mounted', 'creation', 'mountpoint'] as const;

/** Builds the command of {@link Zfs.list}. See zfs-list(8). */
export function listCommand({ datasets = [], types = [], ...selection }: ListOptions = {}): Command {
  const names = datasets.map((name, index) => checkDatasetOrSnapshot(`datasets[${String(index)}]`, name));
  const options = [...selectionArguments(selection, types, datasetTypes), '-o', columns.join(',')];
  return createCommand('zfs', ['list', '-Hp', ...options, '--', ...names], { effect: 'read' });
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

/** Reads what the command of {@link Zfs.list} prints. Takes the same options as the command. */
export function parseList(stdout: string, { datasets = [] }: ListOptions = {}): Dataset[] {
  return parseRows(stdout, { what: 'zfs list', columns, start, key: ['name'] }).map((row) => {
    requireAsked('zfs list', datasets, row.name);
    return parseRow(row);
  });
}
