import type { Vdev } from '../pool/pool-status.js';
import { ZfsError } from './zfs-error.js';

/**
 * No pool of that name is imported, or was found to be.
 *
 * {@link PoolMethods.importable} tells whether it could be imported.
 */
export class PoolNotFoundError extends ZfsError {
  static override readonly errorName: string = 'PoolNotFoundError';
  /** The name that was not found. */
  declare readonly pool: string;
}

/**
 * A pool's devices went away, and it waits for them to come back. See zpool-clear(8).
 *
 * Bring the devices back, then {@link PoolMethods.clear}.
 */
export class PoolSuspendedError extends ZfsError {
  static override readonly errorName: string = 'PoolSuspendedError';
}

/**
 * A pool is not healthy: it lacks devices, has damaged files, or its devices had errors.
 *
 * Look at `devices` and `advice`: {@link PoolMethods.replace} what failed, then
 * {@link PoolMethods.clear}. Restore what {@link PoolMethods.damagedFiles} names.
 */
export class PoolUnhealthyError extends ZfsError {
  static override readonly errorName: string = 'PoolUnhealthyError';
  /** The pool. */
  declare readonly pool: string;
  /** How it is, as `DEGRADED`. */
  declare readonly state: string;
  /** Damaged files and blocks. Undefined where zpool does not tell. */
  declare readonly dataErrors: number | undefined;
  /** The devices, and groups of them, that are not well or had errors. */
  declare readonly devices: readonly Vdev[];
  /** What zpool advises. */
  declare readonly advice: string | undefined;
}
