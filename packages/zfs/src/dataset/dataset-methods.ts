import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsCreateCommand, zfsCreateRows, type ZfsCreateOptions } from './create.js';
import { destroy, zfsDestroyRows, type Destroyed, type ZfsDestroyOptions } from './destroy.js';
import { streamProperties, zfsGetStreamRows, type ZfsGetStreamOptions } from './get-stream.js';
import { readProperties, zfsGetRows, type PropertiesByDataset, type ZfsGetOptions } from './get.js';
import type { Property } from './property-reader.js';
import { zfsInheritCommand, zfsInheritRows, type ZfsInheritOptions } from './inherit.js';
import { zfsRenameCommand, zfsRenameRows, type ZfsRenameOptions } from './rename.js';
import { zfsCloneCommand, zfsCloneRows, type ZfsCloneOptions } from './clone.js';
import { zfsPromoteCommand, zfsPromoteRows, type ZfsPromoteOptions } from './promote.js';
import { zfsRollbackCommand, zfsRollbackRows, type ZfsRollbackOptions } from './rollback.js';
import type { DatasetField, DatasetWith, DefaultDatasetField } from './fields.js';
import {
  streamDatasets,
  zfsListStreamRows,
  type StreamedDatasetField,
  type ZfsListStreamOptions,
} from './list-stream.js';
import { readDatasets, zfsListRows, type ZfsListOptions } from './list.js';
import { zfsSetCommand, zfsSetRows, type ZfsSetOptions } from './set.js';

/** The methods of {@link Zfs} that list, make, change and destroy datasets. */
export interface DatasetMethods {
  /**
   * Lists file systems, volumes and snapshots.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws `OutputTooLargeError` of `@quiesce/command` for more than the client's
   * `maximumOutputBytes`: {@link Zfs.listStream} has no limit.
   * @throws `OutputParseError` of `@quiesce/command` when a mount point was made to look like
   * further rows.
   *
   * @example
   * ```ts
   * const snapshots = await zfs.list({
   *   datasets: 'tank/vm',
   *   recursive: true,
   *   types: 'snapshot',
   *   fields: ['createdAt', 'guid'],
   * });
   * console.log(snapshots.map(({ name, guid }) => `${name} is ${guid}`));
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-list.8.html | zfs-list(8)}
   */
  list<Field extends DatasetField = DefaultDatasetField>(
    options?: ZfsListOptions<Field>,
  ): Promise<DatasetWith<Field>[]>;

  /**
   * Lists as {@link Zfs.list} does, one by one while zfs prints them: any number in flat memory.
   * Where they are mounted it does not tell.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   *
   * @example
   * ```ts
   * let usedBytes = 0;
   * for await (const snapshot of zfs.listStream({ types: 'snapshot', fields: 'usedBytes' })) {
   *   usedBytes += snapshot.usedBytes;
   * }
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-list.8.html | zfs-list(8)}
   */
  listStream<Field extends StreamedDatasetField = Exclude<DefaultDatasetField, 'mountpoint'>>(
    options?: ZfsListStreamOptions<Field>,
  ): AsyncGenerator<DatasetWith<Field>, void, undefined>;

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
  get<const Name extends string = string>(options?: ZfsGetOptions<Name>): Promise<PropertiesByDataset<Name>>;

  /**
   * Reads native properties as {@link Zfs.get} does, one by one while zfs prints them: any number
   * in flat memory.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link InvalidPropertyError} for a property that does not exist.
   *
   * @example
   * ```ts
   * const used = zfs.getStream({ datasets: 'tank', types: 'snapshot', properties: 'used' });
   * for await (const { name, value } of used) console.log(name, value);
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-get.8.html | zfs-get(8)}
   */
  getStream<const Name extends string>(
    options: ZfsGetStreamOptions<Name>,
  ): AsyncGenerator<Property<Name>, void, undefined>;

  /**
   * Sets native and user properties. Of several datasets the first may be changed when a later one
   * fails. Where the host does not share what `sharenfs` or `sharesmb` now says, they are set all
   * the same, and newer releases of OpenZFS, as 2.3, take it for no error.
   *
   * @throws {@link DatasetNotFoundError}, {@link InvalidPropertyError},
   * {@link DatasetOutOfSpaceError}, {@link ShareFailedError}, {@link PermissionDeniedError}.
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
   * Destroys a dataset, snapshots or a bookmark, or with `dryRun` tells what would go.
   *
   * Snapshots of a list or range go all at once: where one of them is held, or has a clone, none
   * goes. The error names that one, or one of several. With `defer` the others go, and that one
   * when the hold or the clone ends.
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

  /**
   * Takes a property back, so that it is inherited again or has its default.
   *
   * @throws {@link DatasetNotFoundError}, {@link InvalidPropertyError},
   * {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.inherit({ datasets: 'tank/vm', property: 'compression', recursive: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-inherit.8.html | zfs-inherit(8)}
   */
  inherit(options: ZfsInheritOptions): Promise<void>;

  /**
   * Renames a file system or volume with everything below it, or a snapshot.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist, {@link DatasetExistsError}
   * for a new name that is taken.
   * @throws {@link DatasetBusyError} for a file system that is in use, without `force`.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.rename({ name: 'tank/vm', newName: 'tank/archive/vm', parents: true });
   * await zfs.rename({ name: 'tank/vm@now', newName: 'tank/vm@monday', recursive: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-rename.8.html | zfs-rename(8)}
   */
  rename(options: ZfsRenameOptions): Promise<void>;

  /**
   * Makes a file system or volume that begins as a snapshot and shares its data.
   *
   * @throws {@link DatasetNotFoundError} for a snapshot or a parent that does not exist.
   * @throws {@link DatasetExistsError} for a name that is taken, except with `parents`.
   * @throws {@link InvalidPropertyError}, {@link DatasetOutOfSpaceError},
   * {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.clone({
   *   snapshot: 'tank/vm@monday',
   *   name: 'tank/look',
   *   properties: { readonly: 'on' },
   * });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-clone.8.html | zfs-clone(8)}
   */
  clone(options: ZfsCloneOptions): Promise<void>;

  /**
   * Makes a clone independent: the snapshot that it began as becomes its own, and the dataset it
   * was cloned from becomes the clone.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link DatasetExistsError} when both have a snapshot of the same name.
   * @throws {@link NotACloneError} for what was not cloned.
   *
   * @example
   * ```ts
   * await zfs.promote({ dataset: 'tank/restored' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-promote.8.html | zfs-promote(8)}
   */
  promote(options: ZfsPromoteOptions): Promise<void>;

  /**
   * Makes a dataset what it was at a snapshot. What was written since is lost.
   *
   * @throws {@link DatasetNotFoundError} for a snapshot that does not exist.
   * @throws {@link NewerSnapshotsError} when there are newer ones, or clones of them, which it
   * names.
   * @throws {@link DatasetBusyError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.rollback({ snapshot: 'tank/vm@before-upgrade', destroyNewer: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-rollback.8.html | zfs-rollback(8)}
   */
  rollback(options: ZfsRollbackOptions): Promise<void>;
}

/** The rows of {@link DatasetMethods}. */
export const datasetTable: MethodTable<DatasetMethods> = {
  list: { command: 'zfs list', rows: zfsListRows },
  listStream: { command: 'zfs list', rows: zfsListStreamRows },
  get: { command: 'zfs get', rows: zfsGetRows },
  getStream: { command: 'zfs get', rows: zfsGetStreamRows },
  set: { command: 'zfs set', rows: zfsSetRows },
  create: { command: 'zfs create', rows: zfsCreateRows },
  destroy: { command: 'zfs destroy', rows: zfsDestroyRows },
  inherit: { command: 'zfs inherit', rows: zfsInheritRows },
  rename: { command: 'zfs rename', rows: zfsRenameRows },
  clone: { command: 'zfs clone', rows: zfsCloneRows },
  promote: { command: 'zfs promote', rows: zfsPromoteRows },
  rollback: { command: 'zfs rollback', rows: zfsRollbackRows },
};

/** Makes {@link DatasetMethods}. */
export function datasetMethods(zfs: CommandRunner): DatasetMethods {
  return {
    list: async (options = {}) => readDatasets(zfs, options),
    listStream: (options = {}) => streamDatasets(zfs, options),
    get: async (options = {}) => readProperties(zfs, options),
    getStream: (options) => streamProperties(zfs, options),
    set: async (options) => zfs.perform(zfsSetCommand(options), options),
    create: async (options) => zfs.perform(zfsCreateCommand(options), options),
    destroy: async (options) => destroy(zfs, options),
    inherit: async (options) => zfs.perform(zfsInheritCommand(options), options),
    rename: async (options) => zfs.perform(zfsRenameCommand(options), options),
    clone: async (options) => zfs.perform(zfsCloneCommand(options), options),
    promote: async (options) => zfs.perform(zfsPromoteCommand(options), options),
    rollback: async (options) => zfs.perform(zfsRollbackCommand(options), options),
  };
}
