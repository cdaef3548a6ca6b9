import { ZfsError } from './zfs-error.js';

/** A snapshot has a hold of that tag already. */
export class HoldExistsError extends ZfsError {
  static override readonly errorName: string = 'HoldExistsError';
  /** The snapshot. */
  declare readonly snapshot: string;
}

/** A snapshot has no hold of that tag. */
export class HoldNotFoundError extends ZfsError {
  static override readonly errorName: string = 'HoldNotFoundError';
  /** The snapshot. */
  declare readonly snapshot: string;
}

/**
 * A dataset can't go back to a snapshot by itself: there are newer ones, or clones of them, which
 * would be destroyed.
 */
export class NewerSnapshotsError extends ZfsError {
  static override readonly errorName: string = 'NewerSnapshotsError';
  /** The snapshot that was to be gone back to. */
  declare readonly snapshot: string;
  /** What stands in the way: `newer` snapshots and bookmarks, or `clones` of them. */
  declare readonly kind: 'newer' | 'clones';
  /** The names of what would be destroyed. */
  declare readonly names: readonly string[];
}
