import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow } from '../pool-row.js';

/** What can go on in a pool. A newer release may know more; older ones do not know all. */
export type PoolActivity =
  'discard' | 'free' | 'initialize' | 'raidz_expand' | 'remove' | 'replace' | 'resilver' | 'scrub' | 'trim';

/** What {@link PoolMethods.wait} takes. */
export interface ZpoolWaitOptions extends CallOptions {
  /** The pool. */
  readonly pool: string;
  /**
   * What to wait for. `raidz_expand` OpenZFS knows from 2.3 on.
   * @default all
   */
  readonly activities?: PoolActivity | readonly PoolActivity[];
}

/** The words of {@link ZpoolWaitOptions}. */
export const zpoolWaitRows: Rows<ZpoolWaitOptions> = {
  activities: {
    kind: 'one-or-many',
    option: '-t',
    join: ',',
    each: {
      kind: 'choice',
      values: ['scrub', 'resilver', 'replace', 'remove', 'initialize', 'trim', 'free', 'discard', 'raidz_expand'],
    },
  },
  pool: { ...poolRow, required: true },
};

/** Builds the command of {@link PoolMethods.wait}. See zpool-wait(8). */
export function zpoolWaitCommand(options: ZpoolWaitOptions): Command {
  const { pool, ...flags } = checkOptions<ZpoolWaitOptions>(zpoolWaitRows, options);
  return createCommand('zpool', ['wait', ...argumentWords(zpoolWaitRows, flags), '--', pool], { effect: 'read' });
}
