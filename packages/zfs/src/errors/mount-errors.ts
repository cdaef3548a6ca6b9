import { ZfsError } from './zfs-error.js';

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
