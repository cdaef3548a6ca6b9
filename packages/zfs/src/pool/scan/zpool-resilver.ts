import { checkOptions, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { poolsRow } from '../../names.js';

/** What {@link PoolMethods.resilver} takes. */
export interface ZpoolResilverOptions extends CallOptions {
  /** The pools whose resilver begins again. */
  readonly pools: string | readonly string[];
}

/** The words of {@link ZpoolResilverOptions}. */
export const zpoolResilverRows: Rows<ZpoolResilverOptions> = { pools: { ...poolsRow, required: true } };

/** Builds the command of {@link PoolMethods.resilver}. See zpool-resilver(8). */
export function zpoolResilverCommand(options: ZpoolResilverOptions): Command {
  const { pools } = checkOptions<ZpoolResilverOptions>(zpoolResilverRows, options);
  return createCommand('zpool', ['resilver', '--', ...pools], { effect: 'write' });
}
