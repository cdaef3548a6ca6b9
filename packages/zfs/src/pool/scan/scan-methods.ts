import type { CommandRunner, MethodTable } from '@quiesce/command';
import type { PoolScan } from '../pool-status.js';
import { waitForScrub, waitForScrubRows, type WaitForScrubOptions } from './wait-for-scrub.js';
import { zpoolInitializeCommand, zpoolInitializeRows, type ZpoolInitializeOptions } from './zpool-initialize.js';
import { zpoolResilverCommand, zpoolResilverRows, type ZpoolResilverOptions } from './zpool-resilver.js';
import { zpoolScrubCommand, zpoolScrubRows, type ZpoolScrubOptions } from './zpool-scrub.js';
import { zpoolTrimCommand, zpoolTrimRows, type ZpoolTrimOptions } from './zpool-trim.js';
import { zpoolWaitCommand, zpoolWaitRows, type ZpoolWaitOptions } from './zpool-wait.js';

/** The methods of {@link PoolMethods} that go over all of a pool: scrubs, trims and the like. */
export interface PoolScanMethods {
  /**
   * Begins, pauses or stops a scrub, which reads all data of a pool and repairs what it can.
   * {@link PoolScanMethods.waitForScrub} waits for its end.
   *
   * OpenZFS 2.3 takes `action: 'pause'` for done where there is no scrub to pause.
   *
   * @throws {@link ScrubInProgressError} for a pool that is scrubbed already, or paused already.
   * @throws {@link NoScrubError} for one without a scrub to pause or stop.
   * @throws {@link ResilverInProgressError}, {@link PoolNotFoundError},
   * {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.scrub({ pools: 'tank' });
   * await zfs.pool.scrub({ pools: 'tank', action: 'pause' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-scrub.8.html | zpool-scrub(8)}
   */
  scrub(options: ZpoolScrubOptions): Promise<void>;

  /**
   * Waits until the scrub of a pool is over, and returns how it ended: what it repaired, and what
   * it could not. One that ended before is returned at once, and a paused one is waited for.
   *
   * `timeoutMs` is for all of it; that of the client is for each question to zpool, which may hang
   * on a pool whose devices went away. Ending the wait does not end the scrub.
   *
   * @throws {@link NoScrubError} for a pool whose newest scan is no scrub.
   * @throws {@link ScrubStoppedError} when the scrub is stopped, {@link PoolSuspendedError} when
   * the pool's devices go away.
   * @throws `TimeoutError` and `AbortedError` of `@quiesce/command`.
   *
   * @example
   * ```ts
   * await zfs.pool.scrub({ pools: 'tank' });
   * const { errors, repairedBytes } = await zfs.pool.waitForScrub({
   *   pool: 'tank',
   *   onProgress: ({ progress = 0 }) => console.log(Math.round(progress * 100), '%'),
   * });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-scrub.8.html | zpool-scrub(8)}
   */
  waitForScrub(options: WaitForScrubOptions): Promise<PoolScan>;

  /**
   * Begins the resilver of pools again, with those devices that came while it ran.
   *
   * @throws {@link PoolNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.resilver({ pools: 'tank' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-resilver.8.html | zpool-resilver(8)}
   */
  resilver(options: ZpoolResilverOptions): Promise<void>;

  /**
   * Begins, suspends or cancels a trim, which tells devices what space is free.
   *
   * @throws {@link PoolNotFoundError}, {@link PermissionDeniedError}.
   * @throws {@link ZfsError} for a device that is trimmed already, or can't be trimmed.
   *
   * @example
   * ```ts
   * await zfs.pool.trim({ pool: 'tank', bytesPerSecond: 100 * 1024 ** 2, wait: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-trim.8.html | zpool-trim(8)}
   */
  trim(options: ZpoolTrimOptions): Promise<void>;

  /**
   * Begins, suspends or cancels the writing to all free space of devices.
   *
   * @throws {@link PoolNotFoundError}, {@link PermissionDeniedError}.
   * @throws {@link ZfsError} for a device that is written to already.
   *
   * @example
   * ```ts
   * await zfs.pool.initialize({ pool: 'tank', devices: 'sda', wait: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-initialize.8.html | zpool-initialize(8)}
   */
  initialize(options: ZpoolInitializeOptions): Promise<void>;

  /**
   * Waits until nothing of what it names goes on in a pool.
   *
   * @throws {@link PoolNotFoundError}.
   * @throws `TimeoutError` of `@quiesce/command` when it takes longer than `timeoutMs`.
   *
   * @example
   * ```ts
   * await zfs.pool.wait({ pool: 'tank', activities: ['resilver', 'replace'] });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-wait.8.html | zpool-wait(8)}
   */
  wait(options: ZpoolWaitOptions): Promise<void>;
}

/** The rows of {@link PoolScanMethods}. */
export const poolScanTable: MethodTable<PoolScanMethods> = {
  scrub: { command: 'zpool scrub', rows: zpoolScrubRows },
  waitForScrub: { command: 'zpool status', rows: waitForScrubRows },
  resilver: { command: 'zpool resilver', rows: zpoolResilverRows },
  trim: { command: 'zpool trim', rows: zpoolTrimRows },
  initialize: { command: 'zpool initialize', rows: zpoolInitializeRows },
  wait: { command: 'zpool wait', rows: zpoolWaitRows },
};

/** Makes {@link PoolScanMethods}. */
export function poolScanMethods(zpool: CommandRunner): PoolScanMethods {
  return {
    scrub: async (options) => zpool.perform(zpoolScrubCommand(options), options),
    waitForScrub: async (options) => waitForScrub(zpool, options),
    resilver: async (options) => zpool.perform(zpoolResilverCommand(options), options),
    trim: async (options) => zpool.perform(zpoolTrimCommand(options), options),
    initialize: async (options) => zpool.perform(zpoolInitializeCommand(options), options),
    wait: async (options) => zpool.perform(zpoolWaitCommand(options), options),
  };
}
