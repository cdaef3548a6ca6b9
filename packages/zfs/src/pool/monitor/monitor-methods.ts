import type { CommandRunner, MethodTable } from '@quiesce/command';
import type { PoolStatus } from '../pool-status.js';
import { assertHealthy, assertHealthyRows, type AssertHealthyOptions } from './assert-healthy.js';
import { damagedFilesRows, readDamagedFiles, type DamagedFilesOptions } from './damaged-files.js';
import { parseZpoolHistory, streamHistory, zpoolHistoryCommand, zpoolHistoryRows } from './zpool-history.js';
import type { PoolHistoryEntry, ZpoolHistoryOptions } from './zpool-history.js';
import { zpoolClearEventsCommand, type ZpoolClearEventsOptions } from './zpool-events-clear.js';
import { streamEvents, zpoolEventsRows, type PoolEvent, type ZpoolEventsOptions } from './zpool-events.js';
import { streamIostat, zpoolIostatRows, type PoolIostat, type ZpoolIostatOptions } from './zpool-iostat.js';

/** The methods of {@link PoolMethods} that watch pools. */
export interface PoolMonitorMethods {
  /**
   * Makes sure that pools are healthy: they are `ONLINE`, so are their devices, and there are no
   * damaged files and no errors of devices. Returns their status. Where several are not, it throws
   * the error of one, and those of the others are in its `cause`, an `AggregateError`.
   *
   * It takes 30 seconds at most, or `timeoutMs`: zpool may hang on a pool whose devices went away.
   *
   * @throws {@link PoolUnhealthyError} with the state, the devices that are not well, and what
   * zpool advises.
   * @throws {@link PoolSuspendedError} for a pool whose devices went away.
   * @throws {@link PoolNotFoundError}.
   * @throws `TimeoutError` of `@quiesce/command` when zpool does not answer.
   *
   * @example
   * ```ts
   * await zfs.pool.assertHealthy({ pools: 'tank' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-status.8.html | zpool-status(8)}
   */
  assertHealthy(options?: AssertHealthyOptions): Promise<PoolStatus[]>;

  /**
   * Lists the damaged files of a pool as zpool names them: with their path where they are mounted,
   * else as `dataset:path`, or as numbers.
   *
   * @throws {@link PoolNotFoundError}.
   * @throws `OutputParseError` of `@quiesce/command` when the name of a file was made to look like
   * several, or the user may not see the names.
   *
   * @example
   * ```ts
   * for (const file of await zfs.pool.damagedFiles({ pool: 'tank' })) console.error(file);
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-status.8.html | zpool-status(8)}
   */
  damagedFiles(options: DamagedFilesOptions): Promise<string[]>;

  /**
   * Streams what happened to pools: those events that the kernel still has, and with `follow` those
   * to come.
   *
   * Events of class `sysevent.fs.zfs.history_event` hold the values of properties, and zpool prints
   * line breaks as they are: with `follow`, who may set a property can make one event look like
   * two. Take an event for a reason to look, and believe {@link PoolMethods.status}. Without
   * `follow` events are told apart by their heads, for which zpool is asked in commands of their
   * own.
   *
   * A pool that is not imported has no events.
   *
   * @throws `OutputParseError` of `@quiesce/command` where there are more events between two
   * questions than the kernel keeps.
   *
   * @example
   * ```ts
   * for await (const event of zfs.pool.events({ pool: 'tank', follow: true })) {
   *   if (event.class.startsWith('ereport.')) console.error(event.time, event.class);
   * }
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-events.8.html | zpool-events(8)}
   */
  events(options?: ZpoolEventsOptions): AsyncIterable<PoolEvent>;

  /**
   * Makes the kernel forget the events of all pools.
   *
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.pool.clearEvents();
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-events.8.html | zpool-events(8)}
   */
  clearEvents(options?: ZpoolClearEventsOptions): Promise<void>;

  /**
   * Streams how much is read from and written to a pool. Each sample is of the interval before it.
   *
   * @throws {@link PoolNotFoundError}.
   *
   * @example
   * ```ts
   * for await (const { readBytesPerSecond } of zfs.pool.iostat({ pool: 'tank', count: 5 })) {
   *   console.log(readBytesPerSecond);
   * }
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-iostat.8.html | zpool-iostat(8)}
   */
  iostat(options: ZpoolIostatOptions): AsyncIterable<PoolIostat>;

  /**
   * Tells what was done to a pool, the oldest first. For more than fits in memory see
   * {@link PoolMonitorMethods.historyStream}.
   *
   * Commands hold what users wrote, and zpool prints line breaks as they are: who may set a
   * property can make an entry look like two, and nothing tells them from true ones.
   *
   * @throws {@link PoolNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const entries = await zfs.pool.history({ pool: 'tank' });
   * console.log(entries.at(-1)?.text);
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-history.8.html | zpool-history(8)}
   */
  history(options: ZpoolHistoryOptions): Promise<PoolHistoryEntry[]>;

  /**
   * Yields the same as {@link PoolMonitorMethods.history}, one by one as zpool prints them.
   *
   * @throws {@link PoolNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * for await (const { text, time } of zfs.pool.historyStream({ pool: 'tank', internal: true })) {
   *   console.log(time.toISOString(), text);
   * }
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zpool-history.8.html | zpool-history(8)}
   */
  historyStream(options: ZpoolHistoryOptions): AsyncIterable<PoolHistoryEntry>;
}

/** The rows of {@link PoolMonitorMethods}. */
export const poolMonitorTable: MethodTable<PoolMonitorMethods> = {
  assertHealthy: { command: 'zpool status', rows: assertHealthyRows },
  damagedFiles: { command: 'zpool status', rows: damagedFilesRows },
  events: { command: 'zpool events', rows: zpoolEventsRows },
  clearEvents: { command: 'zpool events', rows: {} },
  iostat: { command: 'zpool iostat', rows: zpoolIostatRows },
  history: { command: 'zpool history', rows: zpoolHistoryRows },
  historyStream: { command: 'zpool history', rows: zpoolHistoryRows },
};

/** Makes {@link PoolMonitorMethods}. */
export function poolMonitorMethods(zpool: CommandRunner): PoolMonitorMethods {
  return {
    assertHealthy: async (options = {}) => assertHealthy(zpool, options),
    damagedFiles: async (options) => readDamagedFiles(zpool, options),
    events: (options = {}) => streamEvents(zpool, options),
    clearEvents: async (options = {}) => zpool.perform(zpoolClearEventsCommand(options), options),
    iostat: (options) => streamIostat(zpool, options),
    history: async (options) => zpool.read(zpoolHistoryCommand(options), options, parseZpoolHistory),
    historyStream: (options) => streamHistory(zpool, options),
  };
}
