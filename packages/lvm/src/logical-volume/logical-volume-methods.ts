import type { CommandRunner, MethodTable } from '@quiesce/command';
import { lvchangeCommand, lvchangeRows, type LvchangeOptions } from './lvchange.js';
import { lvconvertCommand, lvconvertRows, type LvconvertOptions } from './lvconvert.js';
import { lvcreateCommand, lvcreateRows, type LvcreateOptions } from './lvcreate.js';
import { lvremoveCommand, lvremoveRows, type LvremoveOptions } from './lvremove.js';

/** The methods of {@link Lvm} that make, change and remove volumes. */
export interface LogicalVolumeMethods {
  /**
   * Makes a snapshot, or a plain volume.
   *
   * @throws {@link VolumeGroupNotFoundError}, {@link LogicalVolumeNotFoundError} when the group or
   * the origin is missing.
   * @throws {@link LogicalVolumeExistsError} when the name is taken.
   * @throws {@link VolumeGroupFullError} when there is too little room.
   *
   * @example
   * ```ts
   * const sizeBytes = 10 * 1024 ** 3;
   * await lvm.lvcreate({
   *   type: 'snapshot',
   *   origin: 'SSD/images',
   *   name: 'images.1',
   *   sizeBytes,
   *   chunkSizeBytes: 524288,
   * });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvcreate.8.html | lvcreate(8)}
   */
  lvcreate(options: LvcreateOptions): Promise<void>;

  /**
   * Takes a snapshot with a plain volume that is there already. It takes a fraction of the time of
   * {@link Lvm.lvcreate} where the volume is neither zeroed again nor waited for. Where it fails,
   * the volume stays as a plain one, perhaps inactive, with its tags.
   *
   * @throws {@link LogicalVolumeNotFoundError}, {@link VolumeGroupNotFoundError} for a name that
   * does not exist.
   * @throws {@link LogicalVolumeInUseError} when the plain volume is in use.
   *
   * @example
   * ```ts
   * await lvm.lvcreate({
   *   type: 'linear',
   *   volumeGroup: 'SSD',
   *   name: 'images.1',
   *   sizeBytes: 10 * 1024 ** 3,
   * });
   * await lvm.lvconvert({
   *   type: 'snapshot',
   *   origin: 'SSD/images',
   *   volume: 'SSD/images.1',
   *   zero: false,
   *   udevSync: false,
   * });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvconvert.8.html | lvconvert(8)}
   */
  lvconvert(options: LvconvertOptions): Promise<void>;

  /**
   * Changes tags, or activates and deactivates.
   *
   * @throws {@link LogicalVolumeNotFoundError}, {@link VolumeGroupNotFoundError} for a name that
   * does not exist.
   * @throws {@link LogicalVolumeInUseError} when a volume to deactivate is in use.
   *
   * @example
   * ```ts
   * await lvm.lvchange({
   *   volumes: ['SSD/images.1'],
   *   addTags: ['keep'],
   *   deleteTags: ['quiesce.run=1'],
   * });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvchange.8.html | lvchange(8)}
   */
  lvchange(options: LvchangeOptions): Promise<void>;

  /**
   * Removes volumes and snapshots. With `tags` those that do not have them all stay, and it is no
   * error.
   *
   * @throws {@link LogicalVolumeNotFoundError}, {@link VolumeGroupNotFoundError} for a name that
   * does not exist.
   * @throws {@link LogicalVolumeInUseError} when one is in use.
   *
   * @example
   * ```ts
   * await lvm.lvremove({ volumes: ['SSD/images.1'], tags: ['quiesce.run=1'] });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvremove.8.html | lvremove(8)}
   */
  lvremove(options: LvremoveOptions): Promise<void>;
}

/** The rows of {@link LogicalVolumeMethods}. */
export const logicalVolumeTable: MethodTable<LogicalVolumeMethods> = {
  lvcreate: { command: 'lvcreate', rows: lvcreateRows },
  lvconvert: { command: 'lvconvert', rows: lvconvertRows },
  lvchange: { command: 'lvchange', rows: lvchangeRows },
  lvremove: { command: 'lvremove', rows: lvremoveRows },
};

/** Makes {@link LogicalVolumeMethods}. */
export function logicalVolumeMethods(lvm: CommandRunner): LogicalVolumeMethods {
  return {
    lvcreate: async (options) => lvm.perform(lvcreateCommand(options), options),
    lvconvert: async (options) => lvm.perform(lvconvertCommand(options), options),
    lvchange: async (options) => lvm.perform(lvchangeCommand(options), options),
    lvremove: async (options) => lvm.perform(lvremoveCommand(options), options),
  };
}
