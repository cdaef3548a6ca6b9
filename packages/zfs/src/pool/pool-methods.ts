import type { CallOptions, Command, CommandOutput, CommandRunner, MethodTable } from '@quiesce/command';
import { poolDeviceMethods, poolDeviceTable, type PoolDeviceMethods } from './device/device-methods.js';
import { poolLifecycleMethods, poolLifecycleTable, type PoolLifecycleMethods } from './lifecycle/lifecycle-methods.js';
import { parseZpoolList, zpoolListCommand, zpoolListRows, type Pool, type ZpoolListOptions } from './zpool-list.js';
import { poolMonitorMethods, poolMonitorTable, type PoolMonitorMethods } from './monitor/monitor-methods.js';
import { poolPropertyMethods, poolPropertyTable, type PoolPropertyMethods } from './property/property-methods.js';
import type { PoolStatus } from './pool-status.js';
import { poolScanMethods, poolScanTable, type PoolScanMethods } from './scan/scan-methods.js';
import { readPoolStatus, zpoolStatusRows, type ZpoolStatusOptions } from './zpool-status.js';

/** The methods of {@link Zfs} that run `zpool`. */
export interface PoolMethods
  extends PoolDeviceMethods, PoolLifecycleMethods, PoolMonitorMethods, PoolPropertyMethods, PoolScanMethods {
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
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-list.8.html | zpool-list(8)}
   */
  list(options?: ZpoolListOptions): Promise<Pool[]>;

  /**
   * Tells how healthy pools are: states, errors, scrubs. Before OpenZFS 2.3 it reads what zpool
   * prints for people, and what it does not know there is undefined.
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
   * else if (status.dataErrors) console.error('tank has damaged files');
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-status.8.html | zpool-status(8)}
   */
  status(options?: ZpoolStatusOptions): Promise<PoolStatus[]>;

  /**
   * Runs any command of zpool, with this client's limits and errors: for what has no method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * await zfs.pool.run(createCommand('zpool', ['scrub', '--', 'tank']));
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool.8.html | zpool(8)}
   */
  run(command: Command, call?: CallOptions): Promise<CommandOutput>;
}

/** The rows of {@link PoolMethods}. */
export const poolTable: MethodTable<PoolMethods> = {
  ...poolDeviceTable,
  ...poolLifecycleTable,
  ...poolMonitorTable,
  ...poolPropertyTable,
  ...poolScanTable,
  list: { command: 'zpool list', rows: zpoolListRows },
  status: { command: 'zpool status', rows: zpoolStatusRows },
};

/** Makes {@link PoolMethods}. */
export function poolMethods(zpool: CommandRunner): PoolMethods {
  return {
    ...poolDeviceMethods(zpool),
    ...poolLifecycleMethods(zpool),
    ...poolMonitorMethods(zpool),
    ...poolPropertyMethods(zpool),
    ...poolScanMethods(zpool),
    list: async (options = {}) => zpool.read(zpoolListCommand(options), options, parseZpoolList),
    status: async (options = {}) => readPoolStatus(zpool, options),
    run: async (command, call) => zpool.runGiven(command, call),
  };
}
