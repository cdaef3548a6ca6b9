import { ZfsError } from './zfs-error.js';

/**
 * A file system was made, and could not be mounted: it exists now. On Linux mounting is for root
 * alone. Newer releases of OpenZFS take it for no error.
 *
 * Don't make it again: {@link Zfs.mount} it as root. Others than root make it with `mount: false`.
 */
export class DatasetNotMountedError extends ZfsError {
  static override readonly errorName: string = 'DatasetNotMountedError';
  /** The file system that was made. */
  declare readonly dataset: string;
}

/**
 * A file system was made and mounted, and could not be shared: it exists now.
 *
 * Don't make it again: see that the server runs on its host, then {@link Zfs.share} it.
 */
export class DatasetNotSharedError extends ZfsError {
  static override readonly errorName: string = 'DatasetNotSharedError';
  /** The file system that was made. */
  declare readonly dataset: string;
}

/**
 * The host refused to share a file system: zfs does not tell why. Most often it has no server.
 *
 * Look at the server for `protocol` on the host, and at its log. Then share it.
 */
export class ShareFailedError extends ZfsError {
  static override readonly errorName: string = 'ShareFailedError';
  /** The file system. */
  declare readonly dataset: string;
  /** What it was to be shared by. */
  declare readonly protocol: 'nfs' | 'smb';
}

/**
 * A file system can't be mounted there, nor a pool made: the directory has files in it.
 *
 * Look what is in `mountpoint`, and move it. Or take another mount point.
 */
export class MountpointNotEmptyError extends ZfsError {
  static override readonly errorName: string = 'MountpointNotEmptyError';
  /** The directory. */
  declare readonly mountpoint: string;
}

/**
 * A file system is mounted already.
 *
 * There is nothing to do.
 */
export class AlreadyMountedError extends ZfsError {
  static override readonly errorName: string = 'AlreadyMountedError';
  /** The file system. */
  declare readonly dataset: string;
}

/**
 * A file system is not mounted.
 *
 * After {@link Zfs.unmount} there is nothing to do. For {@link Zfs.diff} mount it.
 */
export class NotMountedError extends ZfsError {
  static override readonly errorName: string = 'NotMountedError';
  /** The file system. */
  declare readonly dataset: string;
}

/**
 * A file system is shared already, as far as zfs knows.
 *
 * There is nothing to do.
 */
export class AlreadySharedError extends ZfsError {
  static override readonly errorName: string = 'AlreadySharedError';
  /** The file system. */
  declare readonly dataset: string;
}

/**
 * A file system is not shared. Newer releases of OpenZFS take it for no error in most cases.
 *
 * There is nothing to do.
 */
export class NotSharedError extends ZfsError {
  static override readonly errorName: string = 'NotSharedError';
  /** The file system. */
  declare readonly dataset: string;
}

/**
 * zfs does not share a file system: its properties `sharenfs` and `sharesmb` are `off`, or its
 * `mountpoint` is `legacy`.
 *
 * Set one of the two properties and a mount point, or share it by other means, as exportfs(8).
 */
export class LegacyShareError extends ZfsError {
  static override readonly errorName: string = 'LegacyShareError';
  /** The file system. */
  declare readonly dataset: string;
}
