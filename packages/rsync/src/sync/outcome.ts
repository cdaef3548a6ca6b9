import { ExitError, mapExitError, type CommandResult } from '@quiesce/command';
import { incompleteErrors, rsyncErrors } from '../error-rules.js';
import { MaxDeleteError, PartialTransferError, SkippedDirectoriesError, VanishedFilesError } from '../errors.js';
import type { RsyncOptions } from '../options/sync-options.js';
import type { FileName } from '../output/file-name.js';
import type { SyncChange } from '../output/itemized-change.js';
import { isVerdict, parseRsyncVanished, parseSkippedDirectory, type FileFailure } from '../output/messages.js';
import { isStatsLine, nothingDone, parseRsyncStats, type SyncStats } from '../output/stats.js';
import { rsyncEfficiency, type SyncEfficiency } from './efficiency.js';

/** What a run came to. */
export interface SyncResult {
  /** 0, or the code of what the caller takes for a warning: 23, 24 or 25. */
  readonly exitCode: number;
  /** From start to end, in milliseconds. */
  readonly durationMs: number;
  readonly stats: SyncStats;
  /** How much of the copied files had to be sent, and what could be better. */
  readonly efficiency: SyncEfficiency;
  /** The first `maximumChanges` changes, in rsync's order. */
  readonly changes: readonly SyncChange[];
  /** How many changes rsync told besides. */
  readonly changesLeftOut: number;
  /**
   * What rsync said besides: notices, then warnings, each in order. The last thousand or so. Of
   * some options that it could not follow rsync says so here alone, as of a `linkDest`, `copyDest`
   * or `compareDest` that is missing, a user or group in `chown` that does not exist, a `logFile`
   * that can't be written.
   */
  readonly warnings: readonly string[];
  /** Files that vanished from the source while it was copied. */
  readonly vanishedFiles: readonly FileName[];
  /** Files that could not be dealt with, with `partialTransfer: 'warn'`. */
  readonly failures: readonly FileFailure[];
}

/** What a run printed and how it ended. */
export interface Printed {
  readonly result: CommandResult;
  readonly outputLines: readonly string[];
  readonly messageLines: readonly string[];
  /** Whether there was any output. */
  readonly any: boolean;
  /** What was said before it began. */
  readonly notes: readonly string[];
  readonly changes: readonly SyncChange[];
  readonly changesLeftOut: number;
}

/** What a caller takes for a warning. */
export type Tolerance = Pick<
  RsyncOptions,
  'maxDeleteReached' | 'partialTransfer' | 'skippedDirectories' | 'vanishedFiles'
>;

function isTolerated(error: ExitError, options: Tolerance): boolean {
  if (PartialTransferError.isInstance(error)) return options.partialTransfer === 'warn';
  if (VanishedFilesError.isInstance(error)) return options.vanishedFiles === 'warn';
  return MaxDeleteError.isInstance(error) && options.maxDeleteReached === 'warn';
}

/** Makes a result of what rsync printed, or throws what its failure means. */
export function outcomeOf(printed: Printed, tolerance: Tolerance): SyncResult {
  const { changes, changesLeftOut, messageLines, outputLines } = printed;
  const { command, exitCode, signal, durationMs } = printed.result;
  const [stdout, stderr] = [outputLines.join('\n'), messageLines.join('\n')];
  let failures: readonly FileFailure[] = [];
  if (exitCode !== 0) {
    const failed = new ExitError({ command, exitCode, signal, stdout, stderr });
    const isIncomplete = exitCode === 23 || exitCode === 24 || exitCode === 25;
    const errors = isIncomplete ? incompleteErrors({ command, exitCode, signal, stdout, stderr }) : [];
    const [error] =
      errors.length === 0 ? [mapExitError(failed, rsyncErrors)] : errors.filter((one) => !isTolerated(one, tolerance));
    if (error !== undefined) throw error;
    failures = errors.flatMap((one) => (PartialTransferError.isInstance(one) ? one.failures : []));
  }
  const directories = outputLines.flatMap((line) => parseSkippedDirectory(line) ?? []);
  if (directories.length > 0 && tolerance.skippedDirectories !== 'warn') {
    const names = directories.map(({ path }) => path).join(', ');
    const reason = `rsync skips ${names}: archive or recursive copies what is in a directory`;
    throw SkippedDirectoriesError.create({ command, exitCode, signal, stdout, stderr, reason }, { directories });
  }
  const stats = printed.any ? parseRsyncStats(stdout) : nothingDone;
  return {
    exitCode: exitCode ?? 0,
    durationMs,
    stats,
    efficiency: rsyncEfficiency(stats, command.args),
    changes,
    changesLeftOut,
    warnings: [
      ...printed.notes,
      ...outputLines.filter((line) => !isStatsLine(line)),
      ...messageLines.filter((line) => !isVerdict(line)),
    ],
    vanishedFiles: messageLines.flatMap((line) => parseRsyncVanished(line) ?? []),
    failures,
  };
}
