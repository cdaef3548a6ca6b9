import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow } from '../lifecycle/pool-rows.js';
import { deviceRow } from './device-rows.js';

/** What {@link PoolMethods.clear} takes. */
export interface ZpoolClearOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /**
   * The device of the pool.
   * @default all of them
   */
  readonly device?: string;
  /**
   * Where the pool can't be opened as it is, goes back to a state from some seconds before. What
   * came after it is lost.
   * @default false
   */
  readonly rewind?: boolean;
  /**
   * With `rewind`: does not go back, and only looks whether that would help. Errors of a pool that
   * can be opened are forgotten all the same, and devices that were faulty are taken back.
   * @default false
   */
  readonly dryRun?: boolean;
  /**
   * Turns the power of its slot on first, where the enclosure can do it. OpenZFS knows it from
   * 2.3 on.
   * @default false
   */
  readonly power?: boolean;
}

/** The words of {@link ZpoolClearOptions}. */
export const zpoolClearRows: Rows<ZpoolClearOptions> = {
  power: { kind: 'flag', option: '--power', since: '2.3' },
  rewind: { kind: 'flag', option: '-F' },
  dryRun: { kind: 'flag', option: '-n', guard: true },
  pool: poolRow,
  device: deviceRow,
};

/** Builds the command of {@link PoolMethods.clear}. See zpool-clear(8). */
export function zpoolClearCommand(options: ZpoolClearOptions): Command {
  const checked = checkOptions<ZpoolClearOptions>(zpoolClearRows, options);
  if (checked.dryRun === true && checked.rewind !== true) {
    throw new InvalidArgumentError({ argument: 'dryRun', value: true, expected: 'rewind with it' });
  }
  const words = [
    ...argumentWords(zpoolClearRows, checked),
    '--',
    checked.pool,
    ...(checked.device === undefined ? [] : [checked.device]),
  ];
  // Also with -n: see the case `zpool clear rewind dry run`.
  return createCommand('zpool', ['clear', ...words], { effect: 'write' });
}
