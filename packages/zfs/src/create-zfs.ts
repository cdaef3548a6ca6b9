import {
  createCommandRunner,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
} from '@quiesce/command';
import { createDatasetCommand, type CreateOptions } from './create.js';
import { createZpool, type Zpool } from './create-zpool.js';
import { destroyCommand, parseDestroy, type Destroyed, type DestroyOptions } from './destroy.js';
import { zfsErrors } from './error-rules.js';
import { readProperties, type GetOptions, type Property } from './get.js';
import { readDatasets, type Dataset, type ListOptions } from './list.js';
import { setCommand, type SetOptions } from './set.js';
import { snapshotCommand, type SnapshotOptions } from './snapshot.js';

/** What {@link createZfs} takes. */
export interface ZfsOptions extends ClientOptions {
  /**
   * The zpool program.
   * @default 'zpool', looked up in PATH
   */
  readonly zpoolPath?: string;
}

/** The client for ZFS. Every method throws the errors of `@quiesce/command` besides its own. */
export interface Zfs {
  /** The methods that run `zpool`. */
  readonly pool: Zpool;

  /**
   * Lists file systems, volumes and snapshots.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws `OutputParseError` of `@quiesce/command` when a mount point was made to look like further rows.
   *
   * @example
   * ```ts
   * const snapshots = await zfs.list({ datasets: ['tank/vm'], recursive: true, types: ['snapshot'] });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-list.8.html | zfs-list(8)}
   */
  list(options?: ListOptions): Promise<Dataset[]>;

  /**
   * Reads native and user properties.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   * @throws {@link InvalidPropertyError} for a native property that does not exist.
   * @throws `OutputParseError` of `@quiesce/command` when a value was made to look like further rows.
   *
   * @example
   * ```ts
   * const runs = await zfs.get({ datasets: ['tank/vm'], properties: ['quiesce:run'], recursive: true, types: ['snapshot'] });
   * for (const { name, value } of runs) console.log(name, value ?? 'not ours');
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-get.8.html | zfs-get(8)}
   */
  get(options?: GetOptions): Promise<Property[]>;

  /**
   * Sets native and user properties. Of several datasets the first may be changed when a later one fails.
   *
   * @throws {@link DatasetNotFoundError}, {@link InvalidPropertyError}, {@link DatasetOutOfSpaceError},
   * {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.set({ datasets: ['tank/vm'], properties: { compression: 'lz4', 'quiesce:run': id } });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-set.8.html | zfs-set(8)}
   */
  set(options: SetOptions): Promise<void>;

  /**
   * Makes a file system or, with `volume`, a volume.
   *
   * @throws {@link DatasetExistsError} for a name that is taken, except with `parents`.
   * @throws {@link DatasetNotFoundError} for a parent that does not exist, and {@link PoolNotFoundError}.
   * @throws {@link DatasetNotMountedError}, {@link DatasetNotSharedError} when it was made, and not mounted or shared.
   * @throws {@link InvalidPropertyError}, {@link DatasetOutOfSpaceError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.create({ name: 'tank/backups/db', parents: true, properties: { compression: 'zstd' } });
   * await zfs.create({ name: 'tank/disk', volume: { sizeBytes: 8 * 1024 ** 3, sparse: true } });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-create.8.html | zfs-create(8)}
   */
  create(options: CreateOptions): Promise<void>;

  /**
   * Makes snapshots at one instant.
   *
   * @throws {@link DatasetNotFoundError}, {@link DatasetExistsError}, {@link DatasetOutOfSpaceError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.snapshot({ snapshots: ['tank/vm@monday', 'tank/db@monday'], properties: { 'quiesce:run': id } });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-snapshot.8.html | zfs-snapshot(8)}
   */
  snapshot(options: SnapshotOptions): Promise<void>;

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
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-destroy.8.html | zfs-destroy(8)}
   */
  destroy(options: DestroyOptions): Promise<Destroyed>;

  /**
   * Runs any command of zfs, with this client's limits and errors: for what has no method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * await zfs.run(createCommand('zfs', ['hold', '--', 'keep', 'tank/vm@monday']));
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs.8.html | zfs(8)}
   */
  run(command: Command, call?: CallOptions): Promise<CommandOutput>;
}

/**
 * Makes a client for `zfs` and `zpool`.
 *
 * @example
 * ```ts
 * const zfs = createZfs({ transport: sshTransport({ host: 'nas' }) });
 * for (const { name, usedBytes } of await zfs.list()) console.log(name, usedBytes);
 * ```
 */
export function createZfs(options: ZfsOptions = {}): Zfs {
  const { path, zpoolPath, ...shared } = options;
  const zfs = createCommandRunner(
    { ...shared, ...(path !== undefined && { path }) },
    { program: 'zfs', errors: zfsErrors },
  );
  return {
    pool: createZpool({ ...shared, ...(zpoolPath !== undefined && { path: zpoolPath }) }),
    list: async (list = {}) => readDatasets(zfs, list),
    get: async (get = {}) => readProperties(zfs, get),
    set: async (set) => zfs.perform(setCommand(set), set),
    create: async (create) => zfs.perform(createDatasetCommand(create), create),
    snapshot: async (snapshot) => zfs.perform(snapshotCommand(snapshot), snapshot),
    destroy: async (destroy) => zfs.read(destroyCommand(destroy), destroy, parseDestroy),
    run: async (command, call) => zfs.run(command, call),
  };
}
