import { ExitError } from '@quiesce/command';
import type { FileName } from './output/file-name.js';
import type { FileFailure } from './output/messages.js';
import type { SyncStats } from './output/stats.js';

/**
 * rsync failed: the class above all errors of this package.
 *
 * Read `stderr`: rsync said something that has no class of its own.
 */
export class RsyncError extends ExitError {
  static override readonly errorName: string = 'RsyncError';
}

/**
 * The options were not understood: one that this rsync does not have, or a value that it refuses.
 * Nothing was copied.
 *
 * Read `stderr`. An rsync that is too old, or another program of that name, lacks an option: see
 * `version`.
 */
export class UsageError extends RsyncError {
  static override readonly errorName: string = 'UsageError';
}

/**
 * Source or destination can't be used as such: not a directory, or not to be entered. Nothing was
 * copied.
 *
 * Correct `source` or `destination`, or make the folder.
 */
export class SelectionError extends RsyncError {
  static override readonly errorName: string = 'SelectionError';
}

/**
 * This rsync, or the one on the other side, was built without what the options need. Nothing was
 * copied.
 *
 * See `version` for what both are built with; leave out `acls` or `xattrs`, or take another rsync.
 */
export class UnsupportedError extends RsyncError {
  static override readonly errorName: string = 'UnsupportedError';
}

/**
 * One half of rsync lost the other: no connection, or none any more, or no data for
 * `ioTimeoutSeconds`. Also when a part of rsync on this machine was killed, as for want of memory.
 *
 * Run it again: what was copied is not copied again. Give it more `ioTimeoutSeconds` where one side
 * is slow.
 */
export class ConnectionError extends RsyncError {
  static override readonly errorName: string = 'ConnectionError';
  /**
   * Whether it is known that time ran out. Of a link that is dead ssh tells that only with a
   * `LogLevel` of `INFO` among its options. Without, a connection was lost, and that is all.
   */
  declare readonly timedOut: boolean;
}

/**
 * A daemon said no: an unknown module, a wrong password, a module that is read-only, too many
 * connections. Nothing was copied.
 *
 * Read `refusal`. Only where it says to try again later does another try help.
 */
export class DaemonRefusedError extends RsyncError {
  static override readonly errorName: string = 'DaemonRefusedError';
  /** What the daemon said, as `Unknown module 'backup'`. */
  declare readonly refusal: string;
}

/**
 * The other side does not speak rsync's protocol, or none that both know. Nothing was copied.
 *
 * Let the login shell of the other side print nothing, and take an rsync there that is not too old.
 */
export class ProtocolError extends RsyncError {
  static override readonly errorName: string = 'ProtocolError';
}

/**
 * The time that `--stop-after` or `--stop-at` gives was over. What was copied until then stays; the
 * file that rsync was at is incomplete with `inplace`.
 *
 * Run it again to go on: what was copied is not copied again.
 */
export class StopTimeReachedError extends RsyncError {
  static override readonly errorName: string = 'StopTimeReachedError';
}

/**
 * rsync had no memory left, or wanted more than `--max-alloc` allows.
 *
 * Copy in parts, or allow more.
 */
export class OutOfMemoryError extends RsyncError {
  static override readonly errorName: string = 'OutOfMemoryError';
}

/**
 * Writing or reading failed so that rsync gave up: what came after was not copied.
 *
 * See `failures` and the kernel's log of the machine with the file, then run it again.
 */
export class FileIoError extends RsyncError {
  static override readonly errorName: string = 'FileIoError';
  /** The files that failed and why, as far as rsync named them: the last thousand or so. */
  declare readonly failures: readonly FileFailure[];
}

/**
 * The destination's file system or quota is full. Some files may be complete, others half written.
 *
 * Make room at the destination, and run it again.
 */
export class OutOfSpaceError extends FileIoError {
  static override readonly errorName: string = 'OutOfSpaceError';
}

/**
 * All was copied but some files or attributes. A source that does not exist is one of them.
 *
 * See `failures`: mend each, and run it again.
 */
export class PartialTransferError extends RsyncError {
  static override readonly errorName: string = 'PartialTransferError';
  /** The files that failed and why, as far as rsync named them: the last thousand or so. */
  declare readonly failures: readonly FileFailure[];
  /** What was done all the same. Undefined where rsync did not come to tell. */
  declare readonly stats: SyncStats | undefined;
}

/**
 * Files vanished from the source while it was copied. All the others were copied.
 *
 * Copy a snapshot, which stands still; or take it for a success: `vanishedFiles: 'warn'`.
 */
export class VanishedFilesError extends RsyncError {
  static override readonly errorName: string = 'VanishedFilesError';
  /** Which: the last thousand or so. */
  declare readonly files: readonly FileName[];
  /** What was done. Undefined where rsync did not come to tell. */
  declare readonly stats: SyncStats | undefined;
}

/**
 * A source, or something in the place of one, is a directory, and nothing said to go into it:
 * `archive` and `recursive` do. What is in it was not copied; rsync itself calls that a success.
 *
 * Say `archive` or `recursive`; to leave them out on purpose, `skippedDirectories: 'warn'`.
 */
export class SkippedDirectoriesError extends RsyncError {
  static override readonly errorName: string = 'SkippedDirectoriesError';
  /** The directories, as rsync names them: the last thousand or so. */
  declare readonly directories: readonly FileName[];
}

/**
 * There was more to remove than `maxDelete` allows. All was copied; the destination has files that
 * the source lacks.
 *
 * See whether the source is whole. Where it is, allow more.
 */
export class MaxDeleteError extends RsyncError {
  static override readonly errorName: string = 'MaxDeleteError';
  /** How many were left. Undefined where rsync does not say. */
  declare readonly skipped: number | undefined;
}

/**
 * rsync was ended from outside or crashed. What it was writing may be incomplete.
 *
 * Run it again. Where nobody ended it, see the kernel's log: it may have been short of memory.
 */
export class KilledError extends RsyncError {
  static override readonly errorName: string = 'KilledError';
}

/**
 * The remote shell failed: no connection, or no rsync on the other side. Nothing was copied.
 *
 * Try the connection by hand, and install rsync on the other side.
 */
export class RemoteShellError extends RsyncError {
  static override readonly errorName: string = 'RemoteShellError';
}
