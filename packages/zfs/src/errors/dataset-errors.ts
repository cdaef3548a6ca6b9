import { ZfsError } from './zfs-error.js';

/**
 * A dataset, snapshot or bookmark that a command needs does not exist.
 *
 * Look at `dataset`: for something new it can be the parent. {@link Zfs.create} it, or say
 * `parents`.
 */
export class DatasetNotFoundError extends ZfsError {
  static override readonly errorName: string = 'DatasetNotFoundError';
  /** The name that was not found; `a or b` where zfs does not tell which of two. */
  declare readonly dataset: string;
}

/**
 * A dataset or snapshot of that name is there already. A whole stream can't be received in the
 * place of a dataset that has snapshots, or is a clone, also with `rollback`.
 *
 * Take another name, or what is there.
 */
export class DatasetExistsError extends ZfsError {
  static override readonly errorName: string = 'DatasetExistsError';
  /** The name that is taken. */
  declare readonly dataset: string;
}

/**
 * A dataset is in use. That a snapshot is held is a {@link SnapshotHeldError}, one of these.
 *
 * End what has it open. zfs does not know what that is; `fuser -m` on its host tells.
 */
export class DatasetBusyError extends ZfsError {
  static override readonly errorName: string = 'DatasetBusyError';
  /** What is busy, as zfs names it: for a file system that is open its mount point. */
  declare readonly dataset: string;
}

/**
 * A dataset can't be destroyed by itself: there are others that are part of it or were cloned from
 * it.
 *
 * Destroy them too, children with `recursive`, clones with `dependents`; or let a clone take its
 * place: {@link Zfs.promote}.
 */
export class DatasetHasDependentsError extends ZfsError {
  static override readonly errorName: string = 'DatasetHasDependentsError';
  /** The dataset or snapshot that was to be destroyed; of a range of snapshots one with clones. */
  declare readonly dataset: string;
  /** What depends on it: `children`, its snapshots among them, or `clones` of its snapshots. */
  declare readonly kind: 'children' | 'clones';
  /** The datasets and snapshots that depend on it. */
  declare readonly dependents: readonly string[];
}

/**
 * A dataset has too little space available: the pool, or what quotas and reservations leave of it,
 * is too small.
 *
 * Destroy snapshots, raise `quota` and `refquota`, or add devices to the pool.
 */
export class DatasetOutOfSpaceError extends ZfsError {
  static override readonly errorName: string = 'DatasetOutOfSpaceError';
}

/**
 * A dataset has no space left under its quota, or one above it. Only `receive` is told so: of
 * others zfs says that the dataset is out of space.
 *
 * Raise `quota` and `refquota` of the dataset, or of the one above it that has them.
 */
export class QuotaExceededError extends DatasetOutOfSpaceError {
  static override readonly errorName: string = 'QuotaExceededError';
  /** The dataset. */
  declare readonly dataset: string;
}

/**
 * A file system or volume is no clone, so that it can't be promoted.
 *
 * Name the clone and not what it was made of. One that was promoted is no clone any more, and
 * nothing is left to do.
 */
export class NotACloneError extends ZfsError {
  static override readonly errorName: string = 'NotACloneError';
  /** The file system or volume. */
  declare readonly dataset: string;
}
