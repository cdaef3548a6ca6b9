import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zpoolCheckpointCommand, zpoolCheckpointRows, type ZpoolCheckpointOptions } from './zpool-checkpoint.js';
import { zpoolCreateCommand, zpoolCreateRows, type ZpoolCreateOptions } from './zpool-create.js';
import { zpoolDestroyCommand, zpoolDestroyRows, type ZpoolDestroyOptions } from './zpool-destroy.js';
import { zpoolExportCommand, zpoolExportRows, type ZpoolExportOptions } from './zpool-export.js';
import { zpoolImportCommand, zpoolImportRows, type ZpoolImportOptions } from './zpool-import.js';
import {
  zpoolImportableCommand,
  zpoolImportableRows,
  type ZpoolImportableOptions,
  parseZpoolImportable,
  type ImportablePool,
} from './zpool-importable.js';
import { zpoolLabelclearCommand, zpoolLabelclearRows, type ZpoolLabelclearOptions } from './zpool-labelclear.js';
import { zpoolReguidCommand, zpoolReguidRows, type ZpoolReguidOptions } from './zpool-reguid.js';
import { zpoolSplitCommand, zpoolSplitRows, type ZpoolSplitOptions } from './zpool-split.js';
import { zpoolSyncCommand, zpoolSyncRows, type ZpoolSyncOptions } from './zpool-sync.js';
import { zpoolUpgradeCommand, zpoolUpgradeRows, type ZpoolUpgradeOptions } from './zpool-upgrade.js';

/** The methods of {@link PoolMethods} that make, import and remove whole pools. */
export interface PoolLifecycleMethods {
  /**
   * Makes a pool and its first file system.
   *
   * @throws {@link PoolExistsError} for a name that is taken.
   * @throws {@link DeviceInUseError} for a device that another pool or a file system has.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link DeviceTooSmallError}.
   * @throws {@link InvalidVdevError} for vdevs that zpool does not make so.
   * @throws {@link InvalidPropertyError} for a property that there is not, or a wrong value.
   * @throws {@link MountpointNotEmptyError} for a mount point with files in it.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.create({
   *   name: 'tank',
   *   vdevs: [{ type: 'mirror', devices: ['sdb', 'sdc'] }],
   *   properties: { ashift: '12' },
   *   filesystemProperties: { compression: 'lz4' },
   * });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-create.8.html | zpool-create(8)}
   */
  create(options: ZpoolCreateOptions): Promise<void>;

  /**
   * Destroys a pool with all that is in it.
   *
   * Where a volume of it is open, OpenZFS 2.3 waits until it is closed: give it a `timeoutMs`.
   * OpenZFS 2.1 refuses it.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link PoolBusyError} for one that is in use.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.destroy({ pool: 'tank' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-destroy.8.html | zpool-destroy(8)}
   */
  destroy(options: ZpoolDestroyOptions): Promise<void>;

  /**
   * Finds pools that can be imported, or that can't for lack of devices. Needs root.
   *
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const pools = await zfs.pool.importable({ directories: '/dev/disk/by-id' });
   * const ready = pools.filter(({ state }) => state === 'ONLINE');
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-import.8.html | zpool-import(8)}
   */
  importable(options?: ZpoolImportableOptions): Promise<ImportablePool[]>;

  /**
   * Imports a pool: makes it known to this host, and mounts its file systems.
   *
   * @throws {@link PoolNotFoundError} for one that was not found, as for a user who may not read
   * its devices.
   * @throws {@link PoolExistsError} for a name that is taken.
   * @throws {@link PoolDevicesMissingError} where too few of its devices are there.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.import({ pool: 'tank', directories: '/dev/disk/by-id', readOnly: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-import.8.html | zpool-import(8)}
   */
  import(options: ZpoolImportOptions): Promise<void>;

  /**
   * Exports pools, so that another host can import them.
   *
   * Where a volume of a pool is open, OpenZFS 2.3 waits until it is closed: give it a `timeoutMs`.
   * OpenZFS 2.1 refuses it.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link PoolBusyError} for one that is in use.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.export({ pools: 'tank', timeoutMs: 60_000 });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-export.8.html | zpool-export(8)}
   */
  export(options: ZpoolExportOptions): Promise<void>;

  /**
   * Enables all features that the release knows. Older releases can't import the pool then.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.upgrade({ pools: 'tank' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-upgrade.8.html | zpool-upgrade(8)}
   */
  upgrade(options: ZpoolUpgradeOptions): Promise<void>;

  /**
   * Gives a pool another guid.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.reguid({ pool: 'tank' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-reguid.8.html | zpool-reguid(8)}
   */
  reguid(options: ZpoolReguidOptions): Promise<void>;

  /**
   * Makes a pool of one device of each mirror of another.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link PoolExistsError} for a name that is taken.
   * @throws {@link InvalidVdevError} for a pool that is not made of mirrors, and wrong devices.
   * @throws {@link CheckpointExistsError}.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.split({ pool: 'tank', newName: 'depot' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-split.8.html | zpool-split(8)}
   */
  split(options: ZpoolSplitOptions): Promise<void>;

  /**
   * Keeps the state of a whole pool, to go back to it by {@link PoolMethods.import}; or
   * discards it.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link CheckpointExistsError} where there is one.
   * @throws {@link CheckpointNotFoundError} for `discard` where there is none.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.checkpoint({ pool: 'tank' });
   * await zfs.pool.checkpoint({ pool: 'tank', discard: true, wait: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-checkpoint.8.html | zpool-checkpoint(8)}
   */
  checkpoint(options: ZpoolCheckpointOptions): Promise<void>;

  /**
   * Writes to the devices what is not written yet.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   *
   * @example
   * ```ts
   * await zfs.pool.sync({ pools: 'tank' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-sync.8.html | zpool-sync(8)}
   */
  sync(options?: ZpoolSyncOptions): Promise<void>;

  /**
   * Removes what says on a device that it is part of a pool.
   *
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link DeviceInUseError} for one of a pool that is imported, or without `force`
   * exported.
   *
   * @example
   * ```ts
   * await zfs.pool.labelclear({ device: '/dev/sdb1', force: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-labelclear.8.html | zpool-labelclear(8)}
   */
  labelclear(options: ZpoolLabelclearOptions): Promise<void>;
}

/** The rows of {@link PoolLifecycleMethods}. */
export const poolLifecycleTable: MethodTable<PoolLifecycleMethods> = {
  create: { command: 'zpool create', rows: zpoolCreateRows },
  destroy: { command: 'zpool destroy', rows: zpoolDestroyRows },
  importable: { command: 'zpool import', rows: zpoolImportableRows },
  import: { command: 'zpool import', rows: zpoolImportRows },
  export: { command: 'zpool export', rows: zpoolExportRows },
  upgrade: { command: 'zpool upgrade', rows: zpoolUpgradeRows },
  reguid: { command: 'zpool reguid', rows: zpoolReguidRows },
  split: { command: 'zpool split', rows: zpoolSplitRows },
  checkpoint: { command: 'zpool checkpoint', rows: zpoolCheckpointRows },
  sync: { command: 'zpool sync', rows: zpoolSyncRows },
  labelclear: { command: 'zpool labelclear', rows: zpoolLabelclearRows },
};

/** Makes {@link PoolLifecycleMethods}. */
export function poolLifecycleMethods(zpool: CommandRunner): PoolLifecycleMethods {
  return {
    create: async (options) => zpool.perform(zpoolCreateCommand(options), options),
    destroy: async (options) => zpool.perform(zpoolDestroyCommand(options), options),
    importable: async (options = {}) => zpool.read(zpoolImportableCommand(options), options, parseZpoolImportable),
    import: async (options) => zpool.perform(zpoolImportCommand(options), options),
    export: async (options) => zpool.perform(zpoolExportCommand(options), options),
    upgrade: async (options) => zpool.perform(zpoolUpgradeCommand(options), options),
    reguid: async (options) => zpool.perform(zpoolReguidCommand(options), options),
    split: async (options) => zpool.perform(zpoolSplitCommand(options), options),
    checkpoint: async (options) => zpool.perform(zpoolCheckpointCommand(options), options),
    sync: async (options = {}) => zpool.perform(zpoolSyncCommand(options), options),
    labelclear: async (options) => zpool.perform(zpoolLabelclearCommand(options), options),
  };
}
