import { checkOptions, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { poolRow } from '../lifecycle/pool-rows.js';
import { deviceRow } from './device-rows.js';

/** What {@link PoolMethods.detach} takes. */
export interface ZpoolDetachOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** The device of the pool, by its path, name or guid. */
  readonly device: string;
}

/** The words of {@link ZpoolDetachOptions}. */
export const zpoolDetachRows: Rows<ZpoolDetachOptions> = {
  pool: poolRow,
  device: { ...deviceRow, required: true },
};

/** Builds the command of {@link PoolMethods.detach}. See zpool-detach(8). */
export function zpoolDetachCommand(options: ZpoolDetachOptions): Command {
  const { device, pool } = checkOptions<ZpoolDetachOptions>(zpoolDetachRows, options);
  return createCommand('zpool', ['detach', '--', pool, device], { effect: 'write' });
}
