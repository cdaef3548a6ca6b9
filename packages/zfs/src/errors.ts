import { ExitError, type ExitErrorOptions } from '@quiesce/command';

/** A dataset, snapshot or bookmark that a command needs does not exist. */
export class DatasetNotFoundError extends ExitError {
  static override readonly errorName: string = 'DatasetNotFoundError';
  /** The name that was not found. */
  readonly dataset: string;

  constructor(options: ExitErrorOptions & { dataset: string }) {
    super(options);
    this.dataset = options.dataset;
  }
}

/** A dataset or snapshot of that name is there already. */
export class DatasetExistsError extends ExitError {
  static override readonly errorName: string = 'DatasetExistsError';
  /** The name that is taken. */
  readonly dataset: string;

  constructor(options: ExitErrorOptions & { dataset: string }) {
    super(options);
    this.dataset = options.dataset;
  }
}

/**
 * A file system was made, and could not be mounted: it exists now. On Linux mounting is for root alone; others make it
 * without with `mount: false`. Newer releases of OpenZFS take it for no error.
 */
export class DatasetNotMountedError extends ExitError {
  static override readonly errorName: string = 'DatasetNotMountedError';
  /** The file system that was made. */
  readonly dataset: string;

  constructor(options: ExitErrorOptions & { dataset: string }) {
    super(options);
    this.dataset = options.dataset;
  }
}

/** A file system was made and mounted, and could not be shared: it exists now. */
export class DatasetNotSharedError extends ExitError {
  static override readonly errorName: string = 'DatasetNotSharedError';
  /** The file system that was made. */
  readonly dataset: string;

  constructor(options: ExitErrorOptions & { dataset: string }) {
    super(options);
    this.dataset = options.dataset;
  }
}

/** A dataset is in use, or a snapshot is held. */
export class DatasetBusyError extends ExitError {
  static override readonly errorName: string = 'DatasetBusyError';
  /** What is busy, as zfs names it: for a file system that is open its mount point. */
  readonly dataset: string;

  constructor(options: ExitErrorOptions & { dataset: string }) {
    super(options);
    this.dataset = options.dataset;
  }
}

/** A dataset can't be destroyed by itself: there are others that are part of it or were cloned from it. */
export class DatasetHasDependentsError extends ExitError {
  static override readonly errorName: string = 'DatasetHasDependentsError';
  /** The dataset or snapshot that was to be destroyed. */
  readonly dataset: string;
  /** What depends on it: `children`, its snapshots among them, or `clones` of its snapshots. */
  readonly kind: 'children' | 'clones';
  /** The datasets and snapshots that depend on it. */
  readonly dependents: readonly string[];

  constructor(
    options: ExitErrorOptions & { dataset: string; kind: 'children' | 'clones'; dependents: readonly string[] },
  ) {
    super(options);
    this.dataset = options.dataset;
    this.kind = options.kind;
    this.dependents = options.dependents;
  }
}

/** No pool of that name is imported. */
export class PoolNotFoundError extends ExitError {
  static override readonly errorName: string = 'PoolNotFoundError';
  /** The name that was not found. */
  readonly pool: string;

  constructor(options: ExitErrorOptions & { pool: string }) {
    super(options);
    this.pool = options.pool;
  }
}

/** A pool's devices went away, and it waits for them to come back. See zpool-clear(8). */
export class PoolSuspendedError extends ExitError {
  static override readonly errorName: string = 'PoolSuspendedError';
}

/** A dataset has too little space available: the pool, or what quotas and reservations leave of it, is too small. */
export class DatasetOutOfSpaceError extends ExitError {
  static override readonly errorName: string = 'DatasetOutOfSpaceError';
}

/** The pool is imported for reading only. */
export class ReadOnlyError extends ExitError {
  static override readonly errorName: string = 'ReadOnlyError';
}

/** A property does not exist, does not fit the dataset, can't be set, or does not take the value. */
export class InvalidPropertyError extends ExitError {
  static override readonly errorName: string = 'InvalidPropertyError';
  /** The property. Undefined where zfs does not name it. */
  readonly property: string | undefined;

  constructor(options: ExitErrorOptions & { property: string | undefined }) {
    super(options);
    this.property = options.property;
  }
}

/** The user may not do it. Who may is told by zfs-allow(8); on Linux mounting is for root alone. */
export class PermissionDeniedError extends ExitError {
  static override readonly errorName: string = 'PermissionDeniedError';
}
