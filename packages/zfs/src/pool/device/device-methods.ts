import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zpoolAddCommand, zpoolAddRows, type ZpoolAddOptions } from './zpool-add.js';
import { zpoolAttachCommand, zpoolAttachRows, type ZpoolAttachOptions } from './zpool-attach.js';
import { zpoolClearCommand, zpoolClearRows, type ZpoolClearOptions } from './zpool-clear.js';
import { zpoolDetachCommand, zpoolDetachRows, type ZpoolDetachOptions } from './zpool-detach.js';
import { zpoolOfflineCommand, zpoolOfflineRows, type ZpoolOfflineOptions } from './zpool-offline.js';
import { zpoolOnlineCommand, zpoolOnlineRows, type ZpoolOnlineOptions, parseZpoolOnline } from './zpool-online.js';
import {
  zpoolRemoveCommand,
  zpoolRemoveRows,
  type ZpoolRemoveOptions,
  parseZpoolRemovalMemory,
  zpoolRemovalMemoryCommand,
  zpoolRemovalMemoryRows,
  type RemovalMemory,
  type ZpoolRemovalMemoryOptions,
} from './zpool-remove.js';
import { zpoolReopenCommand, zpoolReopenRows, type ZpoolReopenOptions } from './zpool-reopen.js';
import { zpoolReplaceCommand, zpoolReplaceRows, type ZpoolReplaceOptions } from './zpool-replace.js';

/** The methods of {@link PoolMethods} that change the devices of a pool. */
export interface PoolDeviceMethods {
  /**
   * Adds vdevs to a pool. Those for data can't be removed from every pool again.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceInUseError} for a device that another pool or a file system has.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link DeviceTooSmallError}.
   * @throws {@link InvalidVdevError} for vdevs that zpool does not make so.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const log = [{ type: 'mirror', devices: ['sde', 'sdf'] }] as const;
   * await zfs.pool.add({ pool: 'tank', spare: 'sdd', log });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-add.8.html | zpool-add(8)}
   */
  add(options: ZpoolAddOptions): Promise<void>;

  /**
   * Attaches a device to another, so that both have the same data.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceInUseError} for a device that another pool or a file system has.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link DeviceTooSmallError}.
   * @throws {@link CheckpointExistsError}.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.attach({ pool: 'tank', device: 'sdb', newDevice: 'sdc', wait: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-attach.8.html | zpool-attach(8)}
   */
  attach(options: ZpoolAttachOptions): Promise<void>;

  /**
   * Detaches a device from its mirror.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link NotEnoughReplicasError} for one whose data is nowhere else.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.detach({ pool: 'tank', device: 'sdc' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-detach.8.html | zpool-detach(8)}
   */
  detach(options: ZpoolDetachOptions): Promise<void>;

  /**
   * Replaces a device by another.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceInUseError} for a device that another pool or a file system has.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link DeviceTooSmallError}.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.replace({ pool: 'tank', device: 'sdb', newDevice: 'sdd', wait: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-replace.8.html | zpool-replace(8)}
   */
  replace(options: ZpoolReplaceOptions): Promise<void>;

  /**
   * Brings devices back into use, and returns those that stay out of it: faulted ones need
   * {@link PoolMethods.clear}.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const faulted = await zfs.pool.online({ pool: 'tank', devices: 'sdb' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-online.8.html | zpool-online(8)}
   */
  online(options: ZpoolOnlineOptions): Promise<string[]>;

  /**
   * Takes devices out of use.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link NotEnoughReplicasError} for one whose data is nowhere else.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.offline({ pool: 'tank', devices: 'sdb', temporary: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-offline.8.html | zpool-offline(8)}
   */
  offline(options: ZpoolOfflineOptions): Promise<void>;

  /**
   * Removes spares, caches and logs at once; vdevs for data once their data is on the others; or
   * stops that.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link DatasetOutOfSpaceError} where the others are too small.
   * @throws {@link CheckpointExistsError}.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.remove({ pool: 'tank', devices: 'mirror-1', wait: true });
   * await zfs.pool.remove({ pool: 'tank', stop: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-remove.8.html | zpool-remove(8)}
   */
  remove(options: ZpoolRemoveOptions): Promise<void>;

  /**
   * Tells how much memory the removal of vdevs would take.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   *
   * @example
   * ```ts
   * const [first] = await zfs.pool.removalMemory({ pool: 'tank', devices: 'mirror-1' });
   * console.log(first?.memoryBytes);
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-remove.8.html | zpool-remove(8)}
   */
  removalMemory(options: ZpoolRemovalMemoryOptions): Promise<RemovalMemory[]>;

  /**
   * Forgets the errors of devices, and brings a suspended pool back to work.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link DeviceNotFoundError} for a device that is not there, or not in the pool.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.clear({ pool: 'tank' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-clear.8.html | zpool-clear(8)}
   */
  clear(options: ZpoolClearOptions): Promise<void>;

  /**
   * Opens all devices of pools again, as after they were moved.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.reopen({ pools: 'tank' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-reopen.8.html | zpool-reopen(8)}
   */
  reopen(options: ZpoolReopenOptions): Promise<void>;
}

/** The rows of {@link PoolDeviceMethods}. */
export const poolDeviceTable: MethodTable<PoolDeviceMethods> = {
  add: { command: 'zpool add', rows: zpoolAddRows },
  attach: { command: 'zpool attach', rows: zpoolAttachRows },
  detach: { command: 'zpool detach', rows: zpoolDetachRows },
  replace: { command: 'zpool replace', rows: zpoolReplaceRows },
  online: { command: 'zpool online', rows: zpoolOnlineRows },
  offline: { command: 'zpool offline', rows: zpoolOfflineRows },
  remove: { command: 'zpool remove', rows: zpoolRemoveRows },
  removalMemory: { command: 'zpool remove', rows: zpoolRemovalMemoryRows },
  clear: { command: 'zpool clear', rows: zpoolClearRows },
  reopen: { command: 'zpool reopen', rows: zpoolReopenRows },
};

/** Makes {@link PoolDeviceMethods}. */
export function poolDeviceMethods(zpool: CommandRunner): PoolDeviceMethods {
  return {
    add: async (options) => zpool.perform(zpoolAddCommand(options), options),
    attach: async (options) => zpool.perform(zpoolAttachCommand(options), options),
    detach: async (options) => zpool.perform(zpoolDetachCommand(options), options),
    replace: async (options) => zpool.perform(zpoolReplaceCommand(options), options),
    online: async (options) => zpool.read(zpoolOnlineCommand(options), options, parseZpoolOnline),
    offline: async (options) => zpool.perform(zpoolOfflineCommand(options), options),
    remove: async (options) => zpool.perform(zpoolRemoveCommand(options), options),
    removalMemory: async (options) => zpool.read(zpoolRemovalMemoryCommand(options), options, parseZpoolRemovalMemory),
    clear: async (options) => zpool.perform(zpoolClearCommand(options), options),
    reopen: async (options) => zpool.perform(zpoolReopenCommand(options), options),
  };
}
