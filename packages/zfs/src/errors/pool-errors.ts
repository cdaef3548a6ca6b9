import { ZfsError } from './zfs-error.js';

/** No pool of that name is imported, or was found to be. */
export class PoolNotFoundError extends ZfsError {
  static override readonly errorName: string = 'PoolNotFoundError';
  /** The name that was not found. */
  declare readonly pool: string;
}

/** A pool's devices went away, and it waits for them to come back. See zpool-clear(8). */
export class PoolSuspendedError extends ZfsError {
  static override readonly errorName: string = 'PoolSuspendedError';
}
