import { checkOptions, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { poolsRow } from '../../names.js';

/** What {@link PoolMethods.sync} takes. */
export interface ZpoolSyncOptions extends CallOptions {
  /**
   * Pools, as `tank`.
   * @default all that are imported
   */
  readonly pools?: string | readonly string[];
}

/** The words of {@link ZpoolSyncOptions}. */
export const zpoolSyncRows: Rows<ZpoolSyncOptions> = {
  pools: poolsRow,
};

/** Builds the command of {@link PoolMethods.sync}. See zpool-sync(8). */
export function zpoolSyncCommand(options: ZpoolSyncOptions = {}): Command {
  const { pools = [] } = checkOptions<ZpoolSyncOptions>(zpoolSyncRows, options);
  return createCommand('zpool', ['sync', '--', ...pools], { effect: 'write' });
}
