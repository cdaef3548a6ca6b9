import { createCommandRunner, type ClientOptions } from '@quiesce/command';
import { zfsErrors } from './error-rules.js';
import { parseZpoolList, zpoolListCommand, type Pool, type ZpoolListOptions } from './zpool-list.js';
import { readPoolStatus, type PoolStatus, type ZpoolStatusOptions } from './zpool-status.js';

/** The part of {@link Zfs} that runs `zpool`. */
export interface Zpool {
  /**
   * Lists pools with their sizes.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   *
   * @example
   * ```ts
   * const [tank] = await zfs.pool.list({ pools: ['tank'] });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-list.8.html | zpool-list(8)}
   */
  list(options?: ZpoolListOptions): Promise<Pool[]>;

  /**
   * Tells how healthy pools are: states, errors, scrubs, damaged files. Before OpenZFS 2.3 only states are known.
   *
   * Give it a `timeoutMs`: it may hang on a pool whose devices went away.
   *
   * @throws {@link PoolNotFoundError} for a pool that is not imported.
   * @throws `TimeoutError` of `@quiesce/command` when it hangs longer than `timeoutMs`.
   *
   * @example
   * ```ts
   * const [status] = await zfs.pool.status({ pools: ['tank'], timeoutMs: 30_000 });
   * if (status?.state !== 'ONLINE') console.error('tank is', status?.state);
   * else if (status.detail === 'full' && status.dataErrors) console.error('tank has damaged files');
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-status.8.html | zpool-status(8)}
   */
  status(options?: ZpoolStatusOptions): Promise<PoolStatus[]>;
}

/** The client for `zpool` that is part of {@link createZfs}. */
export function createZpool(options: ClientOptions): Zpool {
  const zpool = createCommandRunner(options, zfsErrors);
  return {
    list: async (list = {}) => parseZpoolList((await zpool.run(zpoolListCommand(list), list)).stdout),
    status: (status = {}) => readPoolStatus(zpool, status),
  };
}
