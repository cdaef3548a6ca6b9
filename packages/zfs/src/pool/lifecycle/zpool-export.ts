import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolsRow } from '../../names.js';

/** What {@link PoolMethods.export} takes. */
export interface ZpoolExportOptions extends CallOptions {
  /** Pools, as `tank`. */
  readonly pools: string | readonly string[];
  /**
   * Unmounts file systems that are in use, and exports a pool whose spare another pool uses.
   * @default false
   */
  readonly force?: boolean;
}

/** The words of {@link ZpoolExportOptions}. */
export const zpoolExportRows: Rows<ZpoolExportOptions> = {
  force: { kind: 'flag', option: '-f' },
  pools: { ...poolsRow, required: true },
};

/** Builds the command of {@link PoolMethods.export}. See zpool-export(8). */
export function zpoolExportCommand(options: ZpoolExportOptions): Command {
  const checked = checkOptions<ZpoolExportOptions>(zpoolExportRows, options);
  const words = [...argumentWords(zpoolExportRows, checked), '--', ...checked.pools];
  return createCommand('zpool', ['export', ...words], { effect: 'write' });
}
