import {
  checkClientOptions,
  createCommandRunner,
  programRow,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
  type CommandRunner,
  type PipeStage,
} from '@quiesce/command';
import { datasetMethods, type DatasetMethods } from './dataset/dataset-methods.js';
import { filesystemMethods, type FilesystemMethods } from './dataset/filesystem-methods.js';
import { zfsErrors } from './error-rules.js';
import { hostMethods, type ZfsHostMethods } from './host/host-methods.js';
import { keyMethods, type KeyMethods } from './key/key-methods.js';
import { mountMethods, type MountMethods } from './mount/mount-methods.js';
import { permissionMethods, type PermissionMethods } from './permission/permission-methods.js';
import { poolMethods, type PoolMethods } from './pool/pool-methods.js';
import { snapshotMethods, type SnapshotMethods } from './snapshot/snapshot-methods.js';
import { spaceMethods, type SpaceMethods } from './space/space-methods.js';
import { transferMethods, type TransferMethods } from './transfer/transfer-methods.js';

/** What {@link createZfs} takes. */
export interface ZfsClientOptions extends ClientOptions {
  /**
   * The zpool program.
   * @default 'zpool', looked up in PATH
   */
  readonly zpoolPath?: string;
}

/** The client for ZFS. Every method throws the errors of `@quiesce/command` besides its own. */
export interface Zfs
  extends
    DatasetMethods,
    ZfsHostMethods,
    FilesystemMethods,
    KeyMethods,
    MountMethods,
    PermissionMethods,
    SnapshotMethods,
    SpaceMethods,
    TransferMethods {
  /** The methods that run `zpool`. */
  readonly pool: PoolMethods;

  /**
   * Runs any command of zfs, with this client's limits and errors: for what has no method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * await zfs.run(createCommand('zfs', ['promote', '--', 'tank/clone']));
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs.8.html | zfs(8)}
   */
  run(command: Command, call?: CallOptions): Promise<CommandOutput>;

  /**
   * Makes a command of zfs a stage of a `pipe` of `@quiesce/command`: with this client's transport,
   * program and errors.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   *
   * @example
   * ```ts
   * await pipe([
   *   zfs.stage(zfsSendCommand({ snapshot: 'tank/vm@monday' })),
   *   { transport, command: createCommand('dd', ['of=/srv/vm.zfs'], { stop: 'kill' }) },
   * ]);
   * ```
   */
  stage(command: Command): PipeStage;
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
export function createZfs(options: ZfsClientOptions = {}): Zfs {
  const { path, zpoolPath, ...shared } = checkClientOptions<ZfsClientOptions>(options, { zpoolPath: programRow });
  const runnerOf = (program: string, place: string | undefined): CommandRunner =>
    createCommandRunner({ ...shared, ...(place !== undefined && { path: place }) }, { program, errors: zfsErrors });
  const zfs = runnerOf('zfs', path);
  return {
    ...datasetMethods(zfs),
    ...hostMethods(zfs),
    ...filesystemMethods(zfs),
    ...keyMethods(zfs),
    ...mountMethods(zfs),
    ...permissionMethods(zfs),
    ...snapshotMethods(zfs),
    ...spaceMethods(zfs),
    ...transferMethods(zfs),
    pool: poolMethods(runnerOf('zpool', zpoolPath)),
    run: async (command, call) => zfs.runGiven(command, call),
    stage: (command) => zfs.stage(command),
  };
}
