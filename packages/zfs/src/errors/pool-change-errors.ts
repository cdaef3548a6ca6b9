import { ZfsError } from './zfs-error.js';

/**
 * A pool of that name is imported already.
 *
 * Take another name; {@link PoolMethods.import} gives a pool one with `newName`.
 */
export class PoolExistsError extends ZfsError {
  static override readonly errorName: string = 'PoolExistsError';
  /** The name that is taken. */
  declare readonly pool: string;
}

/**
 * A pool is in use, so that it can be neither exported nor destroyed.
 *
 * End what has `mountpoint` open, `fuser -m` tells, or what uses a volume of it; then again.
 */
export class PoolBusyError extends ZfsError {
  static override readonly errorName: string = 'PoolBusyError';
  /** The mount point that is in use. Undefined where zpool does not name one, as for a volume. */
  declare readonly mountpoint: string | undefined;
}

/**
 * Devices of a pool are missing, so that it can't be imported.
 *
 * {@link PoolMethods.importable} tells which: bring them back, or name their `directories`.
 * `missingLog` does without a log, and without the writes that only it has.
 */
export class PoolDevicesMissingError extends ZfsError {
  static override readonly errorName: string = 'PoolDevicesMissingError';
  /** The pool, as it was asked for. */
  declare readonly pool: string;
  /** Whether only a log is missing, so that `missingLog` would help. */
  declare readonly onlyLogs: boolean;
}

/**
 * A pool has a checkpoint: it can't have two, and its devices can't change while it has one.
 *
 * Discard it: {@link PoolMethods.checkpoint} with `discard`.
 */
export class CheckpointExistsError extends ZfsError {
  static override readonly errorName: string = 'CheckpointExistsError';
}

/**
 * A pool has no checkpoint to discard.
 *
 * There is nothing to do.
 */
export class CheckpointNotFoundError extends ZfsError {
  static override readonly errorName: string = 'CheckpointNotFoundError';
  /** The pool. */
  declare readonly pool: string;
}
