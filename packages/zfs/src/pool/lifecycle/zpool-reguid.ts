import {
  argumentWords,
  checkOptions,
  createCommand,
  checkArgument,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow } from './pool-rows.js';

const guid = { pattern: /^[1-9]\d{0,19}$/, expected: 'a number of 20 digits at most, as a text' };

/** What {@link PoolMethods.reguid} takes. */
export interface ZpoolReguidOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /**
   * The new number, up to 20 digits. OpenZFS takes one from 2.3 on.
   * @default one by chance
   */
  readonly guid?: string;
}

/** The words of {@link ZpoolReguidOptions}. */
export const zpoolReguidRows: Rows<ZpoolReguidOptions> = {
  guid: {
    kind: 'text',
    option: '-g',
    check: (argument, value) => checkArgument(argument, value, guid),
    sample: '1234567890123456789',
    since: '2.3',
  },
  pool: poolRow,
};

/** Builds the command of {@link PoolMethods.reguid}. See zpool-reguid(8). */
export function zpoolReguidCommand(options: ZpoolReguidOptions): Command {
  const checked = checkOptions<ZpoolReguidOptions>(zpoolReguidRows, options);
  const words = [...argumentWords(zpoolReguidRows, checked), '--', checked.pool];
  return createCommand('zpool', ['reguid', ...words], { effect: 'write' });
}
