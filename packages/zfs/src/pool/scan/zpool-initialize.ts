import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow } from '../pool-row.js';
import { vdevsRow } from '../vdev-names.js';

/** What {@link PoolMethods.initialize} takes. */
export interface ZpoolInitializeOptions extends CallOptions {
  /** The pool. */
  readonly pool: string;
  /**
   * The devices whose free space is written to.
   * @default all
   */
  readonly devices?: string | readonly string[];
  /**
   * What to do: `start` begins or resumes, `suspend` keeps how far it is, `cancel` ends it for
   * good, `uninitialize` forgets that it was done, so that it can be done again. The last one
   * OpenZFS knows from 2.2 on.
   * @default 'start'
   */
  readonly action?: 'suspend' | 'cancel' | 'uninitialize' | 'start';
  /**
   * Waits until all is written. An abort ends the wait, and the writing goes on.
   * @default false
   */
  readonly wait?: boolean;
}

/** The words of {@link ZpoolInitializeOptions}. */
export const zpoolInitializeRows: Rows<ZpoolInitializeOptions> = {
  action: { kind: 'choice', values: ['suspend', 'cancel', 'uninitialize', 'start'] },
  wait: { kind: 'flag', option: '-w' },
  pool: { ...poolRow, required: true },
  devices: vdevsRow,
};

const actions: Readonly<Record<string, readonly string[]>> = {
  suspend: ['-s'],
  cancel: ['-c'],
  uninitialize: ['-u'],
};

/** Builds the command of {@link PoolMethods.initialize}. See zpool-initialize(8). */
export function zpoolInitializeCommand(options: ZpoolInitializeOptions): Command {
  const checked = checkOptions<ZpoolInitializeOptions>(zpoolInitializeRows, options);
  const { action = 'start', devices = [], pool, ...flags } = checked;
  const words = argumentWords(zpoolInitializeRows, flags);
  if (action !== 'start' && words.length > 0) {
    const expected = 'to be left out beside wait';
    throw new InvalidArgumentError({ argument: 'action', value: action, expected });
  }
  return createCommand('zpool', ['initialize', ...(actions[action] ?? words), '--', pool, ...devices], {
    effect: 'write',
    // What is killed is the wait: the kernel writes.
    ...(flags.wait === true && { stop: 'kill' }),
  });
}
