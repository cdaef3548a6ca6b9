import { ZfsError } from './zfs-error.js';

/** A pool is being scrubbed already, or its scrub is paused already. */
export class ScrubInProgressError extends ZfsError {
  static override readonly errorName: string = 'ScrubInProgressError';
  /** The pool. */
  declare readonly pool: string;
}

/** A pool has no scrub that could be paused, stopped or waited for. */
export class NoScrubError extends ZfsError {
  static override readonly errorName: string = 'NoScrubError';
  /** The pool. */
  declare readonly pool: string;
}

/** A scrub that was waited for was stopped before it was done. */
export class ScrubStoppedError extends ZfsError {
  static override readonly errorName: string = 'ScrubStoppedError';
  /** The pool. */
  declare readonly pool: string;
}

/** A pool is being resilvered: it can't be scrubbed meanwhile. */
export class ResilverInProgressError extends ZfsError {
  static override readonly errorName: string = 'ResilverInProgressError';
  /** The pool. */
  declare readonly pool: string;
}
