import { ZfsError } from './zfs-error.js';

/** A pool of that name is imported already. */
export class PoolExistsError extends ZfsError {
  static override readonly errorName: string = 'PoolExistsError';
  /** The name that is taken. */
  declare readonly pool: string;
}

/** A pool is in use, so that it can be neither exported nor destroyed. */
export class PoolBusyError extends ZfsError {
  static override readonly errorName: string = 'PoolBusyError';
  /** The mount point that is in use. Undefined where zpool does not name one, as for a volume. */
  declare readonly mountpoint: string | undefined;
}

/** Devices of a pool are missing, so that it can't be imported. */
export class PoolDevicesMissingError extends ZfsError {
  static override readonly errorName: string = 'PoolDevicesMissingError';
  /** The pool, as it was asked for. */
  declare readonly pool: string;
  /** Whether only a log is missing, so that `missingLog` would help. */
  declare readonly onlyLogs: boolean;
}

/** A pool has a checkpoint: it can't have two, and its devices can't change while it has one. */
export class CheckpointExistsError extends ZfsError {
  static override readonly errorName: string = 'CheckpointExistsError';
}

/** A pool has no checkpoint to discard. */
export class CheckpointNotFoundError extends ZfsError {
  static override readonly errorName: string = 'CheckpointNotFoundError';
  /** The pool. */
  declare readonly pool: string;
}
