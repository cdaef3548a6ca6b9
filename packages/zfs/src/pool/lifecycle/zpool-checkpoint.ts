import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow } from './pool-rows.js';

/** What {@link PoolMethods.checkpoint} takes. */
export interface ZpoolCheckpointOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /**
   * Discards the checkpoint that there is, in place of making one.
   * @default false
   */
  readonly discard?: boolean;
  /**
   * With `discard`: waits until its space is free.
   * @default false
   */
  readonly wait?: boolean;
}

/** The words of {@link ZpoolCheckpointOptions}. */
export const zpoolCheckpointRows: Rows<ZpoolCheckpointOptions> = {
  discard: { kind: 'flag', option: '-d' },
  wait: { kind: 'flag', option: '-w' },
  pool: poolRow,
};

/** Builds the command of {@link PoolMethods.checkpoint}. See zpool-checkpoint(8). */
export function zpoolCheckpointCommand(options: ZpoolCheckpointOptions): Command {
  const checked = checkOptions<ZpoolCheckpointOptions>(zpoolCheckpointRows, options);
  if (checked.wait === true && checked.discard !== true) {
    throw new InvalidArgumentError({ argument: 'wait', value: true, expected: 'discard with it' });
  }
  const words = [...argumentWords(zpoolCheckpointRows, checked), '--', checked.pool];
  return createCommand('zpool', ['checkpoint', ...words], { effect: 'write' });
}
