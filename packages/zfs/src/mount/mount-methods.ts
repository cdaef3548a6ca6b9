import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsMountCommand, zfsMountRows, type ZfsMountOptions } from './mount.js';
import { zfsShareCommand, zfsShareRows, type ZfsShareOptions } from './share.js';
import { zfsUnmountCommand, zfsUnmountRows, type ZfsUnmountOptions } from './unmount.js';
import { zfsUnshareCommand, zfsUnshareRows, type ZfsUnshareOptions } from './unshare.js';

/** The methods of {@link Zfs} that mount and share file systems. */
export interface MountMethods {
  /**
   * Mounts a file system, or all that are to be mounted at a start of the host.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link AlreadyMountedError} for one that is mounted.
   * @throws {@link MountpointNotEmptyError} for a directory with files in it, where the property
   * `overlay` is `off`.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.mount({ filesystem: 'tank/vm', mountOptions: 'ro' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-mount.8.html | zfs-mount(8)}
   */
  mount(options: ZfsMountOptions): Promise<void>;

  /**
   * Unmounts a file system and those below it, or all of ZFS.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link NotMountedError} for one that is not mounted.
   * @throws {@link DatasetBusyError} for one that is in use, without `force`.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.unmount({ filesystem: 'tank/vm' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-unmount.8.html | zfs-unmount(8)}
   */
  unmount(options: ZfsUnmountOptions): Promise<void>;

  /**
   * Shares a file system as its properties `sharenfs` and `sharesmb` say, and mounts it where it is
   * not mounted; or all that have them.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link AlreadySharedError} for one that is shared.
   * @throws {@link LegacyShareError} for one whose properties say nothing of it.
   * @throws {@link ShareFailedError} where the host refuses it.
   * @throws {@link KeyNotLoadedError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.set({ datasets: 'tank/home', properties: { sharenfs: 'ro' } });
   * await zfs.share({ all: true, protocol: 'nfs' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-share.8.html | zfs-share(8)}
   */
  share(options: ZfsShareOptions): Promise<void>;

  /**
   * Shares a file system no longer, or all of ZFS.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link NotSharedError} for one that is not shared; newer releases of OpenZFS, as 2.3,
   * take it for no error in most cases.
   * @throws {@link LegacyShareError} for one whose properties say nothing of it.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.unshare({ filesystem: 'tank/home' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-unshare.8.html | zfs-unshare(8)}
   */
  unshare(options: ZfsUnshareOptions): Promise<void>;
}

/** The rows of {@link MountMethods}. */
export const mountTable: MethodTable<MountMethods> = {
  mount: { command: 'zfs mount', rows: zfsMountRows },
  unmount: { command: 'zfs unmount', rows: zfsUnmountRows },
  share: { command: 'zfs share', rows: zfsShareRows },
  unshare: { command: 'zfs unshare', rows: zfsUnshareRows },
};

/** Makes {@link MountMethods}. */
export function mountMethods(zfs: CommandRunner): MountMethods {
  return {
    mount: async (options) => zfs.perform(zfsMountCommand(options), options),
    unmount: async (options) => zfs.perform(zfsUnmountCommand(options), options),
    share: async (options) => zfs.perform(zfsShareCommand(options), options),
    unshare: async (options) => zfs.perform(zfsUnshareCommand(options), options),
  };
}
