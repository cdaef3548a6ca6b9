import { checkOptions, createCommand, parseInteger, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { poolsRow } from '../names.js';
import { parseRows, unset } from '../output-rows.js';

/**
 * How a pool or a device is, in zpool's own words. A newer release may know more.
 *
 * `ONLINE` is well; `DEGRADED` works without some of its devices; a `FAULTED` or `UNAVAIL` one
 * can't be used; `SUSPENDED` is a pool whose devices went away, so that whoever uses it hangs.
 */
export type PoolState =
  'ONLINE' | 'DEGRADED' | 'FAULTED' | 'OFFLINE' | 'UNAVAIL' | 'REMOVED' | 'SUSPENDED' | (string & Record<never, never>);

/** What {@link PoolMethods.list} takes. */
export interface ZpoolListOptions extends CallOptions {
  /**
   * Pools to list.
   * @default all that are imported
   */
  readonly pools?: string | readonly string[];
}

/**
 * One pool as {@link PoolMethods.list} returns it. The numbers are undefined for a pool that can't
 * be opened.
 */
export interface Pool {
  /** Its name, as `tank`. */
  readonly name: string;
  /** The number that stays the same when it is renamed. */
  readonly guid: string;
  /** How it is. */
  readonly state: PoolState;
  /** Whether it is imported for reading only. */
  readonly readOnly: boolean;
  /** Size of its devices in bytes, parity included. */
  readonly sizeBytes: number | undefined;
  /** Space taken on its devices, in bytes. */
  readonly allocatedBytes: number | undefined;
  /**
   * Space free on its devices, in bytes. What a file system can take is its `availableBytes` of
   * {@link Zfs.list}.
   */
  readonly freeBytes: number | undefined;
  /** Share of the space that is taken, in percent. */
  readonly capacityPercent: number | undefined;
  /** How scattered its free space is, in percent. */
  readonly fragmentationPercent: number | undefined;
}

const columns = [
  'name',
  'guid',
  'health',
  'readonly',
  'size',
  'allocated',
  'free',
  'capacity',
  'fragmentation',
] as const;

/** The words of {@link ZpoolListOptions}. */
export const zpoolListRows: Rows<ZpoolListOptions> = { pools: poolsRow };

/** Builds the command of {@link PoolMethods.list}. See zpool-list(8). */
export function zpoolListCommand(options: ZpoolListOptions = {}): Command {
  const { pools = [] } = checkOptions<ZpoolListOptions>(zpoolListRows, options);
  return createCommand('zpool', ['list', '-Hp', '-o', columns.join(','), '--', ...pools], { effect: 'read' });
}

/** Reads what the command of {@link PoolMethods.list} prints. */
export function parseZpoolList(stdout: string): Pool[] {
  return parseRows(stdout, { what: 'zpool list', columns }).map((row) => {
    const number = (column: (typeof columns)[number]): number | undefined => {
      const text = unset(row[column]);
      return text === undefined ? undefined : parseInteger(column, text);
    };
    // Before 2.0 zpool wrote `0%` in spite of -p.
    const percent = (column: 'capacity' | 'fragmentation'): number | undefined => {
      const text = unset(row[column]);
      return text === undefined ? undefined : parseInteger(column, text.replace(/%$/, ''));
    };
    return {
      name: row.name,
      guid: row.guid,
      state: row.health,
      readOnly: row.readonly === 'on',
      sizeBytes: number('size'),
      allocatedBytes: number('allocated'),
      freeBytes: number('free'),
      capacityPercent: percent('capacity'),
      fragmentationPercent: percent('fragmentation'),
    };
  });
}
