import { checkOptions, createCommand, OutputParseError, type Command } from '@quiesce/command';
import { zpoolListRows, type PoolState, type ZpoolListOptions } from './zpool-list.js';

/** A part of a pool as older releases tell of it. */
export interface VdevState {
  /** Its name in the pool, as `mirror-0` or the whole path of a device. */
  readonly name: string;
  /** What it is for: `normal` for data, or `special`, `dedup`, `log`, `l2cache`, `spare`. */
  readonly class: string;
  /** How it is. A spare is `AVAIL` or `INUSE`. */
  readonly state: PoolState | 'AVAIL' | 'INUSE';
}

/**
 * What OpenZFS before 2.3 tells programs of a pool's health. Error counts, damaged files and scrubs
 * are not known then: it prints them in a table for people only.
 */
export interface BasicPoolStatus {
  /** Tells it from a {@link DetailedPoolStatus}. */
  readonly detail: 'states';
  /** Its name, as `tank`. */
  readonly name: string;
  /** The number that stays the same when it is renamed. */
  readonly guid: string;
  /**
   * How it is. One that is `ONLINE` can have damaged files all the same. A suspended pool whose
   * `failmode` is `continue` is called `ONLINE` too; with `wait`, the default, it is `SUSPENDED`.
   */
  readonly state: PoolState;
  /** Its devices and groups of them, not as a tree: a group stands before what it is made of. */
  readonly vdevs: readonly VdevState[];
}

/**
 * Builds the command that stands in for {@link zpoolStatusCommand} before OpenZFS 2.3. See
 * zpool-list(8).
 */
export function zpoolListHealthCommand(options: ZpoolListOptions = {}): Command {
  const { pools = [] } = checkOptions<ZpoolListOptions>(zpoolListRows, options);
  return createCommand('zpool', ['list', '-HpvP', '-o', 'name,guid,health', '--', ...pools], { effect: 'read' });
}

const classes: Readonly<Record<string, string>> = { logs: 'log', cache: 'l2cache' };

/** Reads what the command of {@link zpoolListHealthCommand} prints. */
export function parseZpoolListHealth(stdout: string): BasicPoolStatus[] {
  const pools: (BasicPoolStatus & { vdevs: VdevState[] })[] = [];
  let vdevClass = 'normal';
  for (const row of stdout.split('\n').filter((line) => line !== '')) {
    const [first = '', second = '', ...rest] = row.split('\t');
    const state = rest.at(-1);
    const pool = pools.at(-1);
    if (!row.includes('\t')) {
      // A heading: `logs  -  -`, for what follows it.
      const heading = row.split(' ')[0] ?? '';
      vdevClass = classes[heading] ?? heading;
    } else if (state === undefined || (first === '' && pool === undefined)) {
      throw new OutputParseError('a row of zpool list is not as expected', { text: row });
    } else if (first !== '') {
      pools.push({ detail: 'states', name: first, guid: second, state, vdevs: [] });
      vdevClass = 'normal';
    } else {
      // Such a row has columns of its own, whatever `-o` says: the name comes first and the state
      // last.
      pool?.vdevs.push({ name: second, class: vdevClass, state });
    }
  }
  return pools;
}
