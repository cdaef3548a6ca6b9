import {
  checkOptions,
  createCommand,
  parseOutput,
  type CallOptions,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { checkDatasetOrSnapshot, requiredSnapshotRow } from '../names.js';
import { outputLines } from '../output-rows.js';
import { parseZfsDiffLine, type FileChange } from './diff-line.js';

/** What {@link Zfs.diff} and {@link Zfs.diffStream} take. */
export interface ZfsDiffOptions extends CallOptions {
  /** The snapshot to compare with, as `tank/vm@monday`. */
  readonly from: string;
  /**
   * What is compared: a later snapshot of the same file system, the file system as it is now, or a
   * clone of `from` or a snapshot of one.
   * @default the file system of `from`, as it is now
   */
  readonly to?: string;
}

/** The words of {@link ZfsDiffOptions}. */
export const zfsDiffRows: Rows<ZfsDiffOptions> = {
  from: requiredSnapshotRow,
  to: { kind: 'text', check: checkDatasetOrSnapshot, sample: 'tank/vm@tuesday' },
};

/**
 * Builds the command of {@link Zfs.diff}. See zfs-diff(8).
 *
 * To compare a file system as it is now, zfs makes a snapshot for as long as that takes. It is a
 * read all the same, also for a dry run: the kernel removes the snapshot with the process.
 */
export function zfsDiffCommand(options: ZfsDiffOptions): Command {
  const checked = checkOptions<ZfsDiffOptions>(zfsDiffRows, options);
  const { from, to = from.slice(0, from.indexOf('@')) } = checked;
  // Without -h blanks, line breaks and whatever is not ASCII come as numbers, so that no name of a
  // file can look like another row.
  const args = ['diff', '-FHt', '--', from, to];
  return createCommand('zfs', args, { effect: 'read' });
}

/** Reads what the command of {@link Zfs.diff} prints. */
export function parseZfsDiff(stdout: string): FileChange[] {
  return outputLines(stdout).map(parseZfsDiffLine);
}

async function* readDiff(zfs: CommandRunner, command: Command, call: CallOptions): AsyncGenerator<FileChange> {
  for await (const stdout of zfs.lines(command, call)) yield parseOutput({ command, stdout }, parseZfsDiffLine);
}

/** Runs what {@link Zfs.diffStream} runs: the options are checked at once. */
export function streamDiff(zfs: CommandRunner, options: ZfsDiffOptions): AsyncIterable<FileChange> {
  return readDiff(zfs, zfsDiffCommand(options), options);
}
