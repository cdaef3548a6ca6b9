import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsMountCommand, zfsMountRows, type ZfsMountOptions } from './mount.js';
import { zfsUnmountCommand, zfsUnmountRows, type ZfsUnmountOptions } from './unmount.js';

/** The methods of {@link Zfs} that mount file systems. */
export interface MountMethods {
  /**
   * Mounts a file system, or all that are to be mounted at a start of the host.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link AlreadyMountedError} for one that is mounted.
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
}

/** The rows of {@link MountMethods}. */
export const mountTable: MethodTable<MountMethods> = {
  mount: { command: 'zfs mount', rows: zfsMountRows },
  unmount: { command: 'zfs unmount', rows: zfsUnmountRows },
};

/** Makes {@link MountMethods}. */
export function mountMethods(zfs: CommandRunner): MountMethods {
  return {
    mount: async (options) => zfs.perform(zfsMountCommand(options), options),
    unmount: async (options) => zfs.perform(zfsUnmountCommand(options), options),
  };
}
