import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolsRow } from '../../names.js';

/** What {@link PoolMethods.upgrade} takes. */
export interface ZpoolUpgradeOptions extends CallOptions {
  /** Pools, as `tank`. */
  readonly pools: string | readonly string[];
  /**
   * Version of the format on disk, 28 at most. Pools with features have none.
   * @default all features that the release knows
   */
  readonly version?: number;
}

/** The words of {@link ZpoolUpgradeOptions}. */
export const zpoolUpgradeRows: Rows<ZpoolUpgradeOptions> = {
  version: { kind: 'integer', option: '-V', minimum: 1, maximum: 28 },
  pools: { ...poolsRow, required: true },
};

/** Builds the command of {@link PoolMethods.upgrade}. See zpool-upgrade(8). */
export function zpoolUpgradeCommand(options: ZpoolUpgradeOptions): Command {
  const checked = checkOptions<ZpoolUpgradeOptions>(zpoolUpgradeRows, options);
  const words = [...argumentWords(zpoolUpgradeRows, checked), '--', ...checked.pools];
  return createCommand('zpool', ['upgrade', ...words], { effect: 'write' });
}
