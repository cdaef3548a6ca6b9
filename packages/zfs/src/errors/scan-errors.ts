import { ZfsError } from './zfs-error.js';

/**
 * A pool is being scrubbed already, or its scrub is paused already.
 *
 * Wait for it: {@link PoolMethods.waitForScrub}. One that is paused goes on by
 * {@link PoolMethods.scrub}.
 */
export class ScrubInProgressError extends ZfsError {
  static override readonly errorName: string = 'ScrubInProgressError';
  /** The pool. */
  declare readonly pool: string;
}

/**
 * A pool has no scrub that could be paused, stopped or waited for.
 *
 * Start one: {@link PoolMethods.scrub}. One that was to be paused or stopped has ended.
 */
export class NoScrubError extends ZfsError {
  static override readonly errorName: string = 'NoScrubError';
  /** The pool. */
  declare readonly pool: string;
}

/**
 * A scrub that was waited for was stopped before it was done.
 *
 * Start it anew: {@link PoolMethods.scrub}. The pool was not looked at as a whole.
 */
export class ScrubStoppedError extends ZfsError {
  static override readonly errorName: string = 'ScrubStoppedError';
  /** The pool. */
  declare readonly pool: string;
}

/**
 * A pool is being resilvered: it can't be scrubbed meanwhile.
 *
 * Wait for that: {@link PoolMethods.wait} for `resilver`. Then scrub.
 */
export class ResilverInProgressError extends ZfsError {
  static override readonly errorName: string = 'ResilverInProgressError';
  /** The pool. */
  declare readonly pool: string;
}
