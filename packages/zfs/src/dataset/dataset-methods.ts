import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsCreateCommand, zfsCreateRows, type ZfsCreateOptions } from './create.js';
import {
  parseZfsDestroy,
  zfsDestroyCommand,
  zfsDestroyRows,
  type Destroyed,
  type ZfsDestroyOptions,
} from './destroy.js';
import { readProperties, zfsGetRows, type PropertiesByDataset, type ZfsGetOptions } from './get.js';
import { readDatasets, zfsListRows, type Dataset, type ZfsListOptions } from './list.js';
import { zfsSetCommand, zfsSetRows, type ZfsSetOptions } from './set.js';

/** The methods of {@link Zfs} that list, make, change and destroy datasets. */
export interface DatasetMethods {
  /**
   * Lists file systems, volumes and snapshots.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws `OutputParseError` of `@quiesce/command` when a mount point was made to look like
   * further rows.
   *
   * @example
   * ```ts
   * const snapshots = await zfs.list({
   *   datasets: ['tank/vm'],
   *   recursive: true,
   *   types: ['snapshot'],
   * });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-list.8.html | zfs-list(8)}
   */
  list(options?: ZfsListOptions): Promise<Dataset[]>;

  /**
   * Reads native and user properties: by the name of the dataset, then by that of the property.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link InvalidPropertyError} for a native property that does not exist.
   * @throws `OutputParseError` of `@quiesce/command` when a value was made to look like further
   * rows.
   *
   * @example
   * ```ts
   * const found = await zfs.get({ datasets: 'tank/vm', properties: ['quiesce:run', 'used'] });
   * console.log(found['tank/vm']?.['quiesce:run']?.value);
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-get.8.html | zfs-get(8)}
   */
  get(options?: ZfsGetOptions): Promise<PropertiesByDataset>;

  /**
   * Sets native and user properties. Of several datasets the first may be changed when a later one
   * fails.
   *
   * @throws {@link DatasetNotFoundError}, {@link InvalidPropertyError},
   * {@link DatasetOutOfSpaceError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.set({
   *   datasets: ['tank/vm'],
   *   properties: { compression: 'lz4', 'quiesce:run': '7' },
   * });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-set.8.html | zfs-set(8)}
   */
  set(options: ZfsSetOptions): Promise<void>;

  /**
   * Makes a file system or, with `volume`, a volume.
   *
   * @throws {@link DatasetExistsError} for a name that is taken, except with `parents`.
   * @throws {@link DatasetNotFoundError} for a parent that does not exist, and
   * {@link PoolNotFoundError}.
   * @throws {@link DatasetNotMountedError}, {@link DatasetNotSharedError} when it was made, and not
   * mounted or shared.
   * @throws {@link InvalidPropertyError}, {@link DatasetOutOfSpaceError},
   * {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.create({
   *   name: 'tank/backups/db',
   *   parents: true,
   *   properties: { compression: 'zstd' },
   * });
   * await zfs.create({ name: 'tank/disk', volume: { sizeBytes: 8 * 1024 ** 3, sparse: true } });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-create.8.html | zfs-create(8)}
   */
  create(options: ZfsCreateOptions): Promise<void>;

  /**
   * Destroys a dataset or snapshots, or with `dryRun` tells what would go.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link DatasetHasDependentsError} for one with children or clones, which it names.
   * @throws {@link DatasetBusyError} for one that is open, or a snapshot that is held.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const older = { dataset: 'tank/vm', snapshots: [{ last: 'friday' }] };
   * const { names, reclaimedBytes } = await zfs.destroy({ ...older, dryRun: true });
   * await zfs.destroy(older);
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-destroy.8.html | zfs-destroy(8)}
   */
  destroy(options: ZfsDestroyOptions): Promise<Destroyed>;
}

/** The rows of {@link DatasetMethods}. */
export const datasetTable: MethodTable<DatasetMethods> = {
  list: { command: 'zfs list', rows: zfsListRows },
  get: { command: 'zfs get', rows: zfsGetRows },
  set: { command: 'zfs set', rows: zfsSetRows },
  create: { command: 'zfs create', rows: zfsCreateRows },
  destroy: { command: 'zfs destroy', rows: zfsDestroyRows },
};

/** Makes {@link DatasetMethods}. */
export function datasetMethods(zfs: CommandRunner): DatasetMethods {
  return {
    list: async (options = {}) => readDatasets(zfs, options),
    get: async (options = {}) => readProperties(zfs, options),
    set: async (options) => zfs.perform(zfsSetCommand(options), options),
    create: async (options) => zfs.perform(zfsCreateCommand(options), options),
    destroy: async (options) => zfs.read(zfsDestroyCommand(options), options, parseZfsDestroy),
  };
}
