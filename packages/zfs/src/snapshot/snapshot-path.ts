import {
  checkOptions,
  InvalidArgumentError,
  parseOutput,
  type CallOptions,
  type Command,
  type CommandOutput,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { parseZfsGet, propertiesByDataset, zfsGetCommand, type ZfsGetOptions } from '../dataset/get.js';
import { SnapshotNotReadableError } from '../errors/snapshot-errors.js';
import { requiredSnapshotRow } from '../names.js';

/** What {@link Zfs.snapshotPath} takes. */
export interface ZfsSnapshotPathOptions extends CallOptions {
  /** The snapshot, as `tank/vm@monday`. */
  readonly snapshot: string;
  /**
   * The path of a file in it from the top of the file system, as `etc/fstab`: without `.` and `..`.
   * @default the top
   */
  readonly file?: string;
}

function checkFile(argument: string, value: string): string {
  const parts = value.split('/');
  if (value.includes('\0') || parts.some((part) => ['', '.', '..'].includes(part))) {
    const expected = 'the path of a file from the top of the file system, as etc/fstab, without . and ..';
    throw new InvalidArgumentError({ argument, value, expected });
  }
  return value;
}

/** The options of {@link ZfsSnapshotPathOptions}. */
export const zfsSnapshotPathRows: Rows<ZfsSnapshotPathOptions> = {
  snapshot: requiredSnapshotRow,
  file: { kind: 'text', check: checkFile, sample: 'etc/fstab' },
};

function question(snapshot: string): ZfsGetOptions {
  const datasets = [snapshot.slice(0, snapshot.indexOf('@')), snapshot];
  return { datasets, properties: ['type', 'mounted', 'mountpoint', 'snapdir'] };
}

/** Builds the command of {@link Zfs.snapshotPath}. See zfs-get(8). */
export function zfsSnapshotPathCommand(options: ZfsSnapshotPathOptions): Command {
  return zfsGetCommand(question(checkOptions<ZfsSnapshotPathOptions>(zfsSnapshotPathRows, options).snapshot));
}

type Why = SnapshotNotReadableError['why'];

const nextSteps: Readonly<Record<Why, string>> = {
  'not mounted': 'is not mounted: mount it, or clone the snapshot',
  'legacy mountpoint':
    'has a legacy mountpoint, so that zfs does not know where it is: look below .zfs/snapshot where you mounted it',
  'no mountpoint': 'has no mountpoint: set one, or clone the snapshot with one',
  'snapdir disabled': 'has its directory .zfs disabled: set snapdir to hidden, or clone the snapshot',
  volume: 'is a volume, which has no files: clone the snapshot, and read the device of the clone',
};

function whyNot(values: Readonly<Record<string, string | undefined>>): Why | undefined {
  if (values['type'] === 'volume') return 'volume';
  if (values['mountpoint'] === 'legacy') return 'legacy mountpoint';
  if (values['mountpoint'] === 'none') return 'no mountpoint';
  if (values['mounted'] !== 'yes') return 'not mounted';
  return values['snapdir'] === 'disabled' ? 'snapdir disabled' : undefined;
}

/**
 * Reads what the command of {@link Zfs.snapshotPath} printed. Takes the same options as the
 * command.
 *
 * @throws {@link SnapshotNotReadableError} where there is no such path.
 */
export function parseZfsSnapshotPath(output: CommandOutput, options: ZfsSnapshotPathOptions): string {
  const { snapshot, file } = checkOptions<ZfsSnapshotPathOptions>(zfsSnapshotPathRows, options);
  const [dataset = '', name = ''] = snapshot.split('@');
  const all = parseOutput(output, (stdout) => propertiesByDataset(parseZfsGet(stdout, question(snapshot))));
  const values = Object.fromEntries(
    Object.entries(all[dataset] ?? {}).map(([property, { text, value }]) => [
      property,
      value === undefined ? undefined : text,
    ]),
  );
  const why = whyNot(values);
  if (why !== undefined) {
    const reason = `the files of ${snapshot} can't be read: ${dataset} ${nextSteps[why]}`;
    throw SnapshotNotReadableError.create({ ...output, reason }, { snapshot, why });
  }
  const top = (values['mountpoint'] ?? '').replace(/\/$/, '');
  return `${top}/.zfs/snapshot/${name}${file === undefined ? '' : `/${file}`}`;
}

/** Runs what {@link Zfs.snapshotPath} runs. */
export async function readSnapshotPath(zfs: CommandRunner, options: ZfsSnapshotPathOptions): Promise<string> {
  return parseZfsSnapshotPath(await zfs.run(zfsSnapshotPathCommand(options), options), options);
}
