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

/** What {@link PoolMethods.trim} takes. */
export interface ZpoolTrimOptions extends CallOptions {
  /** The pool. */
  readonly pool: string;
  /**
   * The devices to trim.
   * @default all that can be trimmed
   */
  readonly devices?: string | readonly string[];
  /**
   * What to do: `start` begins or resumes, `suspend` keeps how far it is, `cancel` ends it for
   * good.
   * @default 'start'
   */
  readonly action?: 'suspend' | 'cancel' | 'start';
  /**
   * Bytes of each device that are trimmed in a second, at most.
   * @default no limit
   */
  readonly bytesPerSecond?: number;
  /**
   * Has the device guarantee that the data can't be read any more. Not every device can.
   * @default false
   */
  readonly secure?: boolean;
  /**
   * Waits until the devices are trimmed. An abort ends the wait, and the trim goes on.
   * @default false
   */
  readonly wait?: boolean;
}

/** The words of {@link ZpoolTrimOptions}. */
export const zpoolTrimRows: Rows<ZpoolTrimOptions> = {
  action: { kind: 'choice', values: ['suspend', 'cancel', 'start'] },
  bytesPerSecond: { kind: 'integer', option: '-r', minimum: 1 },
  secure: { kind: 'flag', option: '-d' },
  wait: { kind: 'flag', option: '-w' },
  pool: { ...poolRow, required: true },
  devices: vdevsRow,
};

const actions: Readonly<Record<string, readonly string[]>> = { suspend: ['-s'], cancel: ['-c'] };

/** Builds the command of {@link PoolMethods.trim}. See zpool-trim(8). */
export function zpoolTrimCommand(options: ZpoolTrimOptions): Command {
  const { action = 'start', devices = [], pool, ...flags } = checkOptions<ZpoolTrimOptions>(zpoolTrimRows, options);
  const words = argumentWords(zpoolTrimRows, flags);
  if (action !== 'start' && words.length > 0) {
    const expected = 'to be left out beside bytesPerSecond, secure and wait';
    throw new InvalidArgumentError({ argument: 'action', value: action, expected });
  }
  return createCommand('zpool', ['trim', ...(actions[action] ?? words), '--', pool, ...devices], {
    effect: 'write',
    // What is killed is the wait: the kernel trims.
    ...(flags.wait === true && { stop: 'kill' }),
  });
}
