import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsUpgradeCommand, zfsUpgradeRows, type ZfsUpgradeOptions } from './upgrade.js';
import { zfsWaitCommand, zfsWaitRows, type ZfsWaitOptions } from './wait.js';

/** The methods of {@link Zfs} for what only file systems have. */
export interface FilesystemMethods {
  /**
   * Upgrades the format of file systems. `get` tells it as the property `version`; one that is up
   * to date stays as it is.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist. The others are upgraded.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.upgrade({ filesystems: 'tank', recursive: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-upgrade.8.html | zfs-upgrade(8)}
   */
  upgrade(options: ZfsUpgradeOptions): Promise<void>;

  /**
   * Waits until something no longer goes on in a file system: until what was deleted is free. One
   * that is not mounted has nothing going on.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   *
   * @example
   * ```ts
   * await zfs.wait({ filesystem: 'tank/home', timeoutMs: 600_000 });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-wait.8.html | zfs-wait(8)}
   */
  wait(options: ZfsWaitOptions): Promise<void>;
}

/** The rows of {@link FilesystemMethods}. */
export const filesystemTable: MethodTable<FilesystemMethods> = {
  upgrade: { command: 'zfs upgrade', rows: zfsUpgradeRows },
  wait: { command: 'zfs wait', rows: zfsWaitRows },
};

/** Makes {@link FilesystemMethods}. */
export function filesystemMethods(zfs: CommandRunner): FilesystemMethods {
  return {
    upgrade: async (options) => zfs.perform(zfsUpgradeCommand(options), options),
    wait: async (options) => zfs.perform(zfsWaitCommand(options), options),
  };
}
