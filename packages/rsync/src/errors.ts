import { ExitError, type ExitErrorOptions } from '@quiesce/command';
import type { FileFailure } from './messages.js';
import type { SyncStats } from './stats.js';

/** The options were not understood: one that this rsync does not have, or a value that it refuses. Nothing was copied. */
export class UsageError extends ExitError {
  static override readonly errorName: string = 'UsageError';
}

/** Source or destination can't be used as such: not a directory, or not to be entered. Nothing was copied. */
export class SelectionError extends ExitError {
  static override readonly errorName: string = 'SelectionError';
}

/** This rsync, or the one on the other side, was built without what the options need. Nothing was copied. */
export class UnsupportedError extends ExitError {
  static override readonly errorName: string = 'UnsupportedError';
}

/**
 * One half of rsync lost the other: no connection, or none any more, or no data for `ioTimeoutSeconds`. Also when a part
 * of rsync on this machine was killed, as for want of memory.
 */
export class ConnectionError extends ExitError {
  static override readonly errorName: string = 'ConnectionError';
  /** Whether time ran out. */
  readonly timedOut: boolean;

  constructor(options: ExitErrorOptions & { timedOut: boolean }) {
    super(options);
    this.timedOut = options.timedOut;
  }
}

/** What the errors are made from that name files. */
export interface FileErrorOptions extends ExitErrorOptions {
  readonly failures: readonly FileFailure[];
}

/** Writing or reading failed so that rsync gave up: what came after was not copied. */
export class FileIoError extends ExitError {
  static override readonly errorName: string = 'FileIoError';
  /** The files that failed and why, as far as rsync named them: the last thousand or so. */
  readonly failures: readonly FileFailure[];

  constructor(options: FileErrorOptions) {
    super(options);
    this.failures = options.failures;
  }
}

/** The destination's file system or quota is full. Some files may be complete, others half written. */
export class OutOfSpaceError extends FileIoError {
  static override readonly errorName: string = 'OutOfSpaceError';
}

/** All was copied but some files or attributes. A source that does not exist is one of them. */
export class PartialTransferError extends ExitError {
  static override readonly errorName: string = 'PartialTransferError';
  /** The files that failed and why, as far as rsync named them: the last thousand or so. */
  readonly failures: readonly FileFailure[];
  /** What was done all the same. Undefined where rsync did not come to tell. */
  readonly stats: SyncStats | undefined;

  constructor(options: FileErrorOptions & { stats: SyncStats | undefined }) {
    super(options);
    this.failures = options.failures;
    this.stats = options.stats;
  }
}

/** Files vanished from the source while it was copied. All the others were copied. */
export class VanishedFilesError extends ExitError {
  static override readonly errorName: string = 'VanishedFilesError';
  /** Their paths: the last thousand or so. */
  readonly files: readonly string[];
  /** What was done. Undefined where rsync did not come to tell. */
  readonly stats: SyncStats | undefined;

  constructor(options: ExitErrorOptions & { files: readonly string[]; stats: SyncStats | undefined }) {
    super(options);
    this.files = options.files;
    this.stats = options.stats;
  }
}

/** There was more to remove than `maxDelete` allows. All was copied; the destination has files that the source lacks. */
export class MaxDeleteError extends ExitError {
  static override readonly errorName: string = 'MaxDeleteError';
  /** How many were left. Undefined where rsync does not say. */
  readonly skipped: number | undefined;

  constructor(options: ExitErrorOptions & { skipped: number | undefined }) {
    super(options);
    this.skipped = options.skipped;
  }
}

/** rsync was ended from outside or crashed. What it was writing may be incomplete. */
export class KilledError extends ExitError {
  static override readonly errorName: string = 'KilledError';
}

/** The remote shell failed: no connection, or no rsync on the other side. Nothing was copied. */
export class RemoteShellError extends ExitError {
  static override readonly errorName: string = 'RemoteShellError';
}
