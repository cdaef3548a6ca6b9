import { createCommandRunner, type ClientOptions } from '@quiesce/command';
import { zfsErrors } from './errors.js';
import { listCommand, parseList, type Dataset, type ListOptions } from './list.js';
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
  /**
   * Lists datasets.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
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
   * Makes snapshots, those of one pool at the same instant.
   *
   * @throws {@link DatasetNotFoundError} when a dataset does not exist.
   *
   * @example
   * ```ts
   * await zfs.snapshot({ snapshots: ['tank/vm@monday'], properties: { 'quiesce:run': id } });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-snapshot.8.html | zfs-snapshot(8)}
   */
  snapshot(options: SnapshotOptions): Promise<void>;
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
  const zfs = createCommandRunner(options, zfsErrors);
  return {
    list: async (list = {}) => parseList((await zfs.run(listCommand(list), list)).stdout),
    snapshot: async (snapshot) => {
      await zfs.run(snapshotCommand(snapshot), snapshot);
    },
  };
}
