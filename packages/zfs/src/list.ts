import { createCommand, OutputParseError, parseInteger, type CallOptions, type Command } from '@quiesce/command';
import { checkDataset } from './names.js';

/** Kinds of datasets. */
export type DatasetType = 'filesystem' | 'volume' | 'snapshot' | 'bookmark';

/** What {@link Zfs.list} takes. */
export interface ListOptions extends CallOptions {
  /**
   * Datasets to list.
   * @default all
   */
  readonly datasets?: readonly string[];
  /**
   * Lists what is below the datasets too.
   * @default false
   */
  readonly recursive?: boolean;
  /**
   * Kinds to list.
   * @default filesystems and volumes
   */
  readonly types?: readonly DatasetType[];
}

/** One dataset as {@link Zfs.list} returns it. */
export interface Dataset {
  /** `pool/path`, or `pool/path@name` for a snapshot. */
  readonly name: string;
  readonly type: DatasetType;
  /** Space that it and everything below it take, in bytes. */
  readonly usedBytes: number;
  /** Space left for it, in bytes. Undefined for a snapshot. */
  readonly availableBytes: number | undefined;
  /** Data that it refers to, in bytes, shared or not. */
  readonly referencedBytes: number;
  /** Where it is mounted, or would be. Undefined for what has no mount point, `none` and `legacy` as they are. */
  readonly mountpoint: string | undefined;
  /** Whether it is mounted now. Undefined for what can't be. */
  readonly mounted: boolean | undefined;
  /** When it was made. */
  readonly createdAt: Date;
}

const columns = ['name', 'type', 'used', 'available', 'referenced', 'mountpoint', 'mounted', 'creation'];

/** Builds the command of {@link Zfs.list}. See zfs-list(8). */
export function listCommand({ datasets = [], recursive = false, types = [] }: ListOptions = {}): Command {
  const names = datasets.map((name, index) => checkDataset(`datasets[${String(index)}]`, name));
  const options = [
    ...(recursive ? ['-r'] : []),
    ...(types.length > 0 ? ['-t', types.join(',')] : []),
    ...['-o', columns.join(',')],
  ];
  return createCommand('zfs', ['list', '-Hp', ...options, '--', ...names], { effect: 'read' });
}

const unset = (text: string): string | undefined => (text === '-' ? undefined : text);

function parseRow(row: string): Dataset {
  const [name, type, used, available, referenced, mountpoint, mounted, creation] = row.split('\t');
  if (name === undefined || type === undefined || used === undefined || available === undefined) {
    throw new OutputParseError('a row of zfs list has too few columns', { text: row });
  }
  if (referenced === undefined || mountpoint === undefined || mounted === undefined || creation === undefined) {
    throw new OutputParseError('a row of zfs list has too few columns', { text: row });
  }
  const availableText = unset(available);
  return {
    name,
    type: type as DatasetType,
    usedBytes: parseInteger('used', used),
    availableBytes: availableText === undefined ? undefined : parseInteger('available', availableText),
    referencedBytes: parseInteger('referenced', referenced),
    mountpoint: unset(mountpoint),
    mounted: unset(mounted) === undefined ? undefined : mounted === 'yes',
    createdAt: new Date(parseInteger('creation', creation) * 1000),
  };
}

/** Reads what the command of {@link Zfs.list} prints. */
export function parseList(stdout: string): Dataset[] {
  return stdout
    .split('\n')
    .filter((row) => row !== '')
    .map(parseRow);
}
