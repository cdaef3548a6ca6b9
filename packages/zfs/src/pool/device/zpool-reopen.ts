import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolsRow } from '../../names.js';

/** What {@link PoolMethods.reopen} takes. */
export interface ZpoolReopenOptions extends CallOptions {
  /** Pools, as `tank`. */
  readonly pools: string | readonly string[];
  /**
   * Begins a scrub or resilver that runs again for a device that came back.
   * @default true
   */
  readonly restartScan?: boolean;
}

/** The words of {@link ZpoolReopenOptions}. */
export const zpoolReopenRows: Rows<ZpoolReopenOptions> = {
  restartScan: { kind: 'flag', off: '-n' },
  pools: { ...poolsRow, required: true },
};

/** Builds the command of {@link PoolMethods.reopen}. See zpool-reopen(8). */
export function zpoolReopenCommand(options: ZpoolReopenOptions): Command {
  const checked = checkOptions<ZpoolReopenOptions>(zpoolReopenRows, options);
  const words = [...argumentWords(zpoolReopenRows, checked), '--', ...checked.pools];
  return createCommand('zpool', ['reopen', ...words], { effect: 'write' });
}
