import type { CommandRunner, MethodTable } from '@quiesce/command';
import { streamProperties, zfsGetStreamRows, type ZfsGetStreamOptions } from './get-stream.js';
import { readProperties, zfsGetRows, type PropertiesByDataset, type ZfsGetOptions } from './get.js';
import type { Property } from './property-reader.js';
import type { DatasetField, DatasetWith, DefaultDatasetField } from './fields.js';
import {
  streamDatasets,
  zfsListStreamRows,
  type StreamedDatasetField,
  type ZfsListStreamOptions,
} from './list-stream.js';
import { readDatasets, zfsListRows, type ZfsListOptions } from './list.js';

/** Methods that look at datasets. */
export interface DatasetReadMethods {
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
}

/** The rows of {@link DatasetReadMethods}. */
export const datasetReadTable: MethodTable<DatasetReadMethods> = {
  list: { command: 'zfs list', rows: zfsListRows },
  listStream: { command: 'zfs list', rows: zfsListStreamRows },
  get: { command: 'zfs get', rows: zfsGetRows },
  getStream: { command: 'zfs get', rows: zfsGetStreamRows },
};

/** Makes {@link DatasetReadMethods}. */
export function datasetReadMethods(zfs: CommandRunner): DatasetReadMethods {
  return {
    list: async (options = {}) => readDatasets(zfs, options),
    listStream: (options = {}) => streamDatasets(zfs, options),
    get: async (options = {}) => readProperties(zfs, options),
    getStream: (options) => streamProperties(zfs, options),
  };
}
