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

/** The host refused to share a file system: zfs does not tell why. Most often it has no server. */
export class ShareFailedError extends ZfsError {
  static override readonly errorName: string = 'ShareFailedError';
  /** The file system. */
  declare readonly dataset: string;
  /** What it was to be shared by. */
  declare readonly protocol: 'nfs' | 'smb';
}

/** A file system can't be mounted there, nor a pool made: the directory has files in it. */
export class MountpointNotEmptyError extends ZfsError {
  static override readonly errorName: string = 'MountpointNotEmptyError';
  /** The directory. */
  declare readonly mountpoint: string;
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

/** A file system is shared already, as far as zfs knows. */
export class AlreadySharedError extends ZfsError {
  static override readonly errorName: string = 'AlreadySharedError';
  /** The file system. */
  declare readonly dataset: string;
}

/** A file system is not shared. Newer releases of OpenZFS take it for no error in most cases. */
export class NotSharedError extends ZfsError {
  static override readonly errorName: string = 'NotSharedError';
  /** The file system. */
  declare readonly dataset: string;
}

/**
 * zfs does not share a file system: its properties `sharenfs` and `sharesmb` are `off`, or its
 * `mountpoint` is `legacy`.
 */
export class LegacyShareError extends ZfsError {
  static override readonly errorName: string = 'LegacyShareError';
  /** The file system. */
  declare readonly dataset: string;
}
