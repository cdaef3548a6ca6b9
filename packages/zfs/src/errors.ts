import { ExitError } from '@quiesce/command';

/** zfs or zpool failed: the class above all errors of this package. */
export class ZfsError extends ExitError {
  static override readonly errorName: string = 'ZfsError';
}

/** A dataset, snapshot or bookmark that a command needs does not exist. */
export class DatasetNotFoundError extends ZfsError {
  static override readonly errorName: string = 'DatasetNotFoundError';
  /** The name that was not found. */
  declare readonly dataset: string;
}

/** A dataset or snapshot of that name is there already. */
export class DatasetExistsError extends ZfsError {
  static override readonly errorName: string = 'DatasetExistsError';
  /** The name that is taken. */
  declare readonly dataset: string;
}

/**
 * A file system was made, and could not be mounted: it exists now. On Linux mounting is for root
 * alone; others make it without with `mount: false`. Newer releases of OpenZFS take it for no
 * error.
 */
export class DatasetNotMountedError extends ZfsError {
  static override readonly errorName: string = 'DatasetNotMountedError';
  /** The file system that was made. */
  declare readonly dataset: string;
}

/** A file system was made and mounted, and could not be shared: it exists now. */
export class DatasetNotSharedError extends ZfsError {
  static override readonly errorName: string = 'DatasetNotSharedError';
  /** The file system that was made. */
  declare readonly dataset: string;
}

/** A dataset is in use, or a snapshot is held. */
export class DatasetBusyError extends ZfsError {
  static override readonly errorName: string = 'DatasetBusyError';
  /** What is busy, as zfs names it: for a file system that is open its mount point. */
  declare readonly dataset: string;
}

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
 * A dataset can't be destroyed by itself: there are others that are part of it or were cloned from
 * it.
 */
export class DatasetHasDependentsError extends ZfsError {
  static override readonly errorName: string = 'DatasetHasDependentsError';
  /** The dataset or snapshot that was to be destroyed. */
  declare readonly dataset: string;
  /** What depends on it: `children`, its snapshots among them, or `clones` of its snapshots. */
  declare readonly kind: 'children' | 'clones';
  /** The datasets and snapshots that depend on it. */
  declare readonly dependents: readonly string[];
}

/** No pool of that name is imported. */
export class PoolNotFoundError extends ZfsError {
  static override readonly errorName: string = 'PoolNotFoundError';
  /** The name that was not found. */
  declare readonly pool: string;
}

/** A pool's devices went away, and it waits for them to come back. See zpool-clear(8). */
export class PoolSuspendedError extends ZfsError {
  static override readonly errorName: string = 'PoolSuspendedError';
}

/**
 * A dataset has too little space available: the pool, or what quotas and reservations leave of it,
 * is too small.
 */
export class DatasetOutOfSpaceError extends ZfsError {
  static override readonly errorName: string = 'DatasetOutOfSpaceError';
}

/** The pool is imported for reading only. */
export class ReadOnlyError extends ZfsError {
  static override readonly errorName: string = 'ReadOnlyError';
}

/**
 * A property does not exist, does not fit the dataset, can't be set, or does not take the value.
 */
export class InvalidPropertyError extends ZfsError {
  static override readonly errorName: string = 'InvalidPropertyError';
  /** The property. Undefined where zfs does not name it. */
  declare readonly property: string | undefined;
}

/** The user may not do it. Who may is told by zfs-allow(8); on Linux mounting is for root alone. */
export class PermissionDeniedError extends ZfsError {
  static override readonly errorName: string = 'PermissionDeniedError';
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

/** A file system or volume is no clone, so that it can't be promoted. */
export class NotACloneError extends ZfsError {
  static override readonly errorName: string = 'NotACloneError';
  /** The file system or volume. */
  declare readonly dataset: string;
}

/** A file system is mounted already. */
export class AlreadyMountedError extends ZfsError {
  static override readonly errorName: string = 'AlreadyMountedError';
  /** The file system. */
  declare readonly dataset: string;
}

/** A file system is not mounted. */
export class NotMountedError extends ZfsError {
  static override readonly errorName: string = 'NotMountedError';
  /** The file system. */
  declare readonly dataset: string;
}
