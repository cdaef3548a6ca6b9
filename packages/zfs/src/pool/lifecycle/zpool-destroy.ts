import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow } from './pool-rows.js';

/** What {@link PoolMethods.destroy} takes. */
export interface ZpoolDestroyOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /**
   * Unmounts file systems that are in use.
   * @default false
   */
  readonly force?: boolean;
}

/** The words of {@link ZpoolDestroyOptions}. */
export const zpoolDestroyRows: Rows<ZpoolDestroyOptions> = {
  force: { kind: 'flag', option: '-f' },
  pool: poolRow,
};

/** Builds the command of {@link PoolMethods.destroy}. See zpool-destroy(8). */
export function zpoolDestroyCommand(options: ZpoolDestroyOptions): Command {
  const checked = checkOptions<ZpoolDestroyOptions>(zpoolDestroyRows, options);
  const words = [...argumentWords(zpoolDestroyRows, checked), '--', checked.pool];
  return createCommand('zpool', ['destroy', ...words], { effect: 'write' });
}
