import {
  checkOptions,
  createCommand,
  InvalidArgumentError,
  isPlainObject,
  parseInteger,
  parseOutput,
  type ArgumentTable,
  type CallOptions,
  type Checked,
  type Command,
  type CommandRunner,
} from '@quiesce/command';
import { bookmarkRow, checkDatasetOrSnapshot, checkShortSnapshot, datasetRow } from '../names.js';
import { parseRows } from '../output-rows.js';

/** What {@link Zfs.destroy} takes, whatever it destroys. */
export interface ZfsDestroyFlags extends CallOptions {
  /**
   * Destroys everything below a dataset too; for a snapshot those of the same name below its
   * dataset.
   * @default false
   */
  readonly recursive?: boolean;
  /**
   * Destroys everything that depends on it too: what is below it, and clones wherever they are.
   * Implies `recursive`.
   * @default false
   */
  readonly dependents?: boolean;
  /**
   * Lets a snapshot that is held or cloned go by itself when that ends, in place of failing.
   * @default false
   */
  readonly defer?: boolean;
  /**
   * Unmounts file systems that are in use.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Destroys nothing and only tells what would go. Holds and open files show only in a real run.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** Destroys one file system, volume or snapshot. */
export interface ZfsDestroyOneOptions extends ZfsDestroyFlags {
  /** `tank/vm`, or `tank/vm@monday`. */
  readonly name: string;
}

/** Snapshots of a dataset from one on, by age. */
export interface SnapshotsFrom {
  /** Name of the first after the `@`. */
  readonly first: string;
  /**
   * Name of the last after the `@`.
   * @default the newest
   */
  readonly last?: string;
}

/** Snapshots of a dataset up to one, by age. */
export interface SnapshotsUpTo {
  /**
   * Name of the first after the `@`.
   * @default the oldest
   */
  readonly first?: string;
  /** Name of the last after the `@`. */
  readonly last: string;
}

/** Snapshots of a dataset from one to another, by age. At least one of the two is named. */
export type SnapshotRange = SnapshotsFrom | SnapshotsUpTo;

/** Destroys several snapshots of one dataset, never the dataset itself. */
export interface ZfsDestroySnapshotsOptions extends ZfsDestroyFlags {
  /** The file system or volume whose snapshots go. */
  readonly dataset: string;
  /**
   * The part of their names after the `@`, or ranges, or `'all'` in place of the list. A name that
   * does not exist is passed over if another does.
   */
  readonly snapshots: readonly (string | SnapshotRange)[] | 'all';
}

/** Destroys one bookmark. zfs has no dry run for it. */
export interface ZfsDestroyBookmarkOptions extends CallOptions {
  /** `tank/vm#monday`. */
  readonly bookmark: string;
}

/** What {@link Zfs.destroy} takes: a `name`, `snapshots` of a `dataset`, or a `bookmark`. */
export type ZfsDestroyOptions = ZfsDestroyOneOptions | ZfsDestroySnapshotsOptions | ZfsDestroyBookmarkOptions;

/** What {@link Zfs.destroy} destroyed, or would. */
export interface Destroyed {
  /**
   * The datasets, snapshots or the bookmark that went; with `defer` also those that go later.
   * Snapshots come in no order.
   */
  readonly names: readonly string[];
  /**
   * Space that becomes free, in bytes. Only snapshots have it: for file systems and volumes zfs
   * does not tell, see `usedBytes` of {@link Zfs.list}.
   */
  readonly reclaimedBytes: number | undefined;
}

/**
 * `first%last`. zfs takes a bound that is empty for the oldest or the newest, so one that is
 * undefined is refused.
 */
function checkRange(argument: string, value: unknown): SnapshotRange {
  const range = (value ?? {}) as Record<string, unknown>;
  const bounds = Object.keys(range);
  if (!isPlainObject(value) || bounds.length === 0 || bounds.some((name) => name !== 'first' && name !== 'last')) {
    const expected = "a name, or a range with first or last or both; all snapshots are `snapshots: 'all'`";
    throw new InvalidArgumentError({ argument, value, expected });
  }
  const checked = bounds.map((name) => [name, checkShortSnapshot(`${argument}.${name}`, range[name] as string)]);
  return Object.fromEntries(checked) as SnapshotRange;
}

function checkSnapshots(argument: string, value: unknown): ZfsDestroySnapshotsOptions['snapshots'] {
  if (value === 'all') return value;
  // What is left without them would be the dataset.
  if (!Array.isArray(value) || value.length === 0) {
    throw new InvalidArgumentError({ argument, value, expected: "one name or range or more, or 'all'" });
  }
  return Array.from(value as unknown[], (part, index) => {
    const place = `${argument}[${String(index)}]`;
    return typeof part === 'string' ? checkShortSnapshot(place, part) : checkRange(place, part);
  });
}

const flagRows = {
  recursive: { kind: 'flag', option: '-r' },
  dependents: { kind: 'flag', option: '-R' },
  defer: { kind: 'flag', option: '-d' },
  force: { kind: 'flag', option: '-f' },
  dryRun: { kind: 'flag', option: '-n', guard: true },
} as const;

/** The options of {@link ZfsDestroyOptions}. */
export const zfsDestroyRows: ArgumentTable<ZfsDestroyOptions> = {
  exclusive: [
    {
      name: { kind: 'text', check: checkDatasetOrSnapshot, sample: 'tank/vm@monday', required: true },
      ...flagRows,
    },
    {
      dataset: datasetRow,
      snapshots: { kind: 'other', check: checkSnapshots, sample: ['monday'], required: true },
      ...flagRows,
    },
    { bookmark: bookmarkRow },
  ],
};

function rangeWord(part: string | SnapshotRange): string {
  if (typeof part === 'string') return part;
  const { first = '', last = '' }: { first?: string; last?: string } = part;
  return `${first}%${last}`;
}

function destroyed(options: Checked<ZfsDestroyOneOptions | ZfsDestroySnapshotsOptions>): string {
  if ('name' in options) return options.name;
  const { dataset, snapshots } = options;
  return `${dataset}@${snapshots === 'all' ? '%' : snapshots.map(rangeWord).join(',')}`;
}

/** Builds the command of {@link Zfs.destroy}. See zfs-destroy(8). */
export function zfsDestroyCommand(options: ZfsDestroyOptions): Command {
  const checked = checkOptions<ZfsDestroyOptions>(zfsDestroyRows, options);
  if ('bookmark' in checked) return createCommand('zfs', ['destroy', '--', checked.bookmark], { effect: 'write' });
  const { recursive = false, dependents = false, defer = false, force = false, dryRun = false } = checked;
  const name = destroyed(checked);
  if (dryRun && dependents && name.includes('@')) {
    // A dry run of `-R` on a snapshot leaves the clones out of what it prints.
    const expected = 'false for snapshots: without it the DatasetHasDependentsError names the clones';
    throw new InvalidArgumentError({ argument: 'dependents', value: dependents, expected });
  }
  const flags = [
    dryRun ? '-nvp' : '-vp',
    ...(dependents ? ['-R'] : recursive ? ['-r'] : []),
    ...(defer ? ['-d'] : []),
    ...(force ? ['-f'] : []),
  ];
  return createCommand('zfs', ['destroy', ...flags, '--', name], { effect: dryRun ? 'read' : 'write' });
}

/**
 * Reads what the command of {@link Zfs.destroy} prints.
 *
 * @param options - Those of the command: zfs does not name a bookmark that it destroys.
 */
export function parseZfsDestroy(stdout: string, options?: ZfsDestroyOptions): Destroyed {
  if (options !== undefined && 'bookmark' in options) return { names: [options.bookmark], reclaimedBytes: undefined };
  const rows = parseRows(stdout, { what: 'zfs destroy', columns: ['what', 'value'] });
  // A clone is named once for its place and once for its origin.
  const names = [...new Set(rows.filter(({ what }) => what === 'destroy').map(({ value }) => value))];
  const reclaimed = rows.find(({ what }) => what === 'reclaim');
  return { names, reclaimedBytes: reclaimed === undefined ? undefined : parseInteger('reclaim', reclaimed.value) };
}

/** Runs what {@link Zfs.destroy} runs. */
export async function destroy(zfs: CommandRunner, options: ZfsDestroyOptions): Promise<Destroyed> {
  const checked = checkOptions<ZfsDestroyOptions>(zfsDestroyRows, options);
  // What is destroyed is told, however much it is: an output over the limit would say that a
  // destroy failed which was done.
  const output = await zfs.run(zfsDestroyCommand(checked), checked, { maximumOutputBytes: Number.POSITIVE_INFINITY });
  return parseOutput(output, (stdout) => parseZfsDestroy(stdout, checked));
}
