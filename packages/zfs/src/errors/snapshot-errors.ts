import { DatasetBusyError } from './dataset-errors.js';
import { ZfsError } from './zfs-error.js';

/**
 * A snapshot can't be destroyed while it is held: {@link Zfs.holds} tells by which tags. One that
 * is being sent or received zfs calls held, too, and then there are none.
 *
 * {@link Zfs.release} its holds, or destroy it with `defer`: then it goes with the last hold.
 */
export class SnapshotHeldError extends DatasetBusyError {
  static override readonly errorName: string = 'SnapshotHeldError';
  /** The snapshot; one of them where several of those that were to go are held. None went then. */
  declare readonly snapshot: string;
}

/**
 * A snapshot has a hold of that tag already.
 *
 * There is nothing to do, if it is yours. If it is not, take a tag of your own.
 */
export class HoldExistsError extends ZfsError {
  static override readonly errorName: string = 'HoldExistsError';
  /** The snapshot. */
  declare readonly snapshot: string;
}

/**
 * A snapshot has no hold of that tag.
 *
 * There is nothing to do, if it was to end. {@link Zfs.holds} tells the tags that there are.
 */
export class HoldNotFoundError extends ZfsError {
  static override readonly errorName: string = 'HoldNotFoundError';
  /** The snapshot. */
  declare readonly snapshot: string;
}

/**
 * A dataset can't go back to a snapshot by itself: there are newer ones, or clones of them, which
 * would be destroyed.
 *
 * Say `destroyNewer` or `destroyClones` to give up `names`, or {@link Zfs.clone} the snapshot and
 * leave them.
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

/**
 * Of two that were to be compared the second does not follow from the first.
 *
 * Go from the older to the newer snapshot of one file system.
 */
export class NotEarlierSnapshotError extends ZfsError {
  static override readonly errorName: string = 'NotEarlierSnapshotError';
  /** The snapshot that is no earlier one of the same file system. */
  declare readonly snapshot: string;
  /** What it was to be compared with. */
  declare readonly other: string;
}

/**
 * The files of a snapshot can't be read in the file system that it was made of.
 *
 * Mount the file system or turn on `snapdir`, as `why` tells; or {@link Zfs.clone} the snapshot and
 * read that.
 */
export class SnapshotNotReadableError extends ZfsError {
  static override readonly errorName: string = 'SnapshotNotReadableError';
  /** The snapshot. */
  declare readonly snapshot: string;
  /**
   * Why: the file system is `not mounted`; it is mounted by other means (`legacy mountpoint`), so
   * that zfs does not know where; it has `no mountpoint`; its directory `.zfs` is turned off
   * (`snapdir disabled`); it is a `volume`, which has no files.
   */
  declare readonly why: 'not mounted' | 'legacy mountpoint' | 'no mountpoint' | 'snapdir disabled' | 'volume';
}
