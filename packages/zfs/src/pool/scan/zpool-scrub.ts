import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolsRow } from '../../names.js';

/** What {@link PoolMethods.scrub} takes. */
export interface ZpoolScrubOptions extends CallOptions {
  /** The pools to scrub. */
  readonly pools: string | readonly string[];
  /**
   * What to do: `start` begins a scrub or resumes one that is paused, `pause` keeps how far it is,
   * `stop` ends it for good.
   * @default 'start'
   */
  readonly action?: 'pause' | 'stop' | 'start';
  /**
   * Reads only blocks that are known to be damaged. OpenZFS knows it from 2.2 on.
   * @default false
   */
  readonly errorsOnly?: boolean;
  /**
   * Reads only what was written since the last scrub. OpenZFS knows it from 2.3 on.
   * @default false
   */
  readonly sinceLast?: boolean;
  /**
   * Waits until the scrub is over. An abort ends the wait, and the scrub goes on.
   * @default false
   */
  readonly wait?: boolean;
}

/** The words of {@link ZpoolScrubOptions}. */
export const zpoolScrubRows: Rows<ZpoolScrubOptions> = {
  action: { kind: 'choice', values: ['pause', 'stop', 'start'] },
  errorsOnly: { kind: 'flag', option: '-e', since: '2.2' },
  sinceLast: { kind: 'flag', option: '-C', since: '2.3' },
  wait: { kind: 'flag', option: '-w' },
  pools: { ...poolsRow, required: true },
};

const actions: Readonly<Record<string, readonly string[]>> = { pause: ['-p'], stop: ['-s'] };

/** Builds the command of {@link PoolMethods.scrub}. See zpool-scrub(8). */
export function zpoolScrubCommand(options: ZpoolScrubOptions): Command {
  const { action = 'start', pools, ...flags } = checkOptions<ZpoolScrubOptions>(zpoolScrubRows, options);
  const words = argumentWords(zpoolScrubRows, flags);
  const { errorsOnly = false, sinceLast = false, wait = false } = flags;
  if (action !== 'start' && words.length > 0) {
    const expected = 'to be left out beside errorsOnly, sinceLast and wait';
    throw new InvalidArgumentError({ argument: 'action', value: action, expected });
  }
  if (errorsOnly && sinceLast) {
    throw new InvalidArgumentError({ argument: 'sinceLast', value: sinceLast, expected: 'none beside errorsOnly' });
  }
  return createCommand('zpool', ['scrub', ...(actions[action] ?? words), '--', ...pools], {
    effect: 'write',
    // What is killed is the wait: the kernel scrubs.
    ...(wait && { stop: 'kill' }),
  });
}
