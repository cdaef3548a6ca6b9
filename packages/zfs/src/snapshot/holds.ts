import {
  argumentWords,
  checkOptions,
  createCommand,
  ExitError,
  OutputParseError,
  parseInteger,
  type CallOptions,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { snapshotsRow } from '../names.js';
import { outputLines, parseRows, requireRows } from '../output-rows.js';
import { readRows } from '../read-rows.js';

/** What {@link Zfs.holds} takes. */
export interface ZfsHoldsOptions extends CallOptions {
  /** The snapshots to look at, as `tank/vm@monday`. */
  readonly snapshots: string | readonly string[];
  /**
   * Looks at those of the same name below their datasets too.
   * @default false
   */
  readonly recursive?: boolean;
}

/** One hold as {@link Zfs.holds} returns it. */
export interface Hold {
  /** The snapshot that is held. */
  readonly snapshot: string;
  /** What the hold is called. */
  readonly tag: string;
  /** When it was made, to the second; where zfs has no `holds -p`, as in 2.1, to the minute. */
  readonly createdAt: Date;
}

/** The words of {@link ZfsHoldsOptions}. */
export const zfsHoldsRows: Rows<ZfsHoldsOptions> = {
  recursive: { kind: 'flag', option: '-r' },
  snapshots: snapshotsRow,
};

function holdsCommand(flags: string, options: ZfsHoldsOptions, env?: Readonly<Record<string, string>>): Command {
  const checked = checkOptions<ZfsHoldsOptions>(zfsHoldsRows, options);
  const words = [...argumentWords(zfsHoldsRows, checked), '--', ...new Set(checked.snapshots)];
  return createCommand('zfs', ['holds', flags, ...words], { effect: 'read', ...(env && { env }) });
}

/** Builds the command of {@link Zfs.holds}, for releases that know `-p`. See zfs-hold(8). */
export function zfsHoldsCommand(options: ZfsHoldsOptions): Command {
  return holdsCommand('-Hp', options);
}

/**
 * Builds the command that stands in for {@link zfsHoldsCommand} where zfs does not know `-p`, as in
 * 2.1. {@link parseZfsHolds} reads both.
 */
export function zfsHoldsMinutesCommand(options: ZfsHoldsOptions): Command {
  // sudo hands TZ on, unless its policy was changed.
  return holdsCommand('-H', options, { TZ: 'UTC' });
}

/**
 * Builds the command that counts the holds which that of {@link zfsHoldsCommand} prints for the
 * same options: nothing in it can be forged. {@link parseZfsHolds} takes what it prints.
 */
export function zfsHoldsCountsCommand(options: ZfsHoldsOptions): Command {
  const { recursive = false, snapshots } = checkOptions<ZfsHoldsOptions>(zfsHoldsRows, options);
  // zfs get finds nothing below a snapshot, so recursive it is asked for all of the datasets.
  const names = recursive ? snapshots.map((name) => name.replace(/@.*/, '')) : snapshots;
  const words = [...(recursive ? ['-r'] : []), '-t', 'snapshot', '-o', 'name,value', '--', 'userrefs'];
  return createCommand('zfs', ['get', '-Hp', ...words, ...new Set(names)], { effect: 'read' });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const minutes = /^\w{3} (?<month>\w{3}) (?<day>[ \d]\d) (?<hour>[ \d]\d):(?<minute>\d\d) (?<year>\d{4})$/;

/** `1700000000`, or `Tue Nov 14 22:13 2023` in UTC. */
function parseTime(text: string): Date {
  const { month = '', day, hour, minute, year } = minutes.exec(text)?.groups ?? {};
  if (year === undefined) return new Date(parseInteger('timestamp', text) * 1000);
  const index = months.indexOf(month);
  if (index < 0) throw new OutputParseError('zfs holds names an unknown month', { text });
  return new Date(Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute)));
}

// A tag may hold tabs and line breaks, so a row is known by both of its ends.
const start = /^[^\t@]+@[^\t]+\t/;
const row = /^(?<snapshot>[^\t]+)\t(?<tag>[^]*)\t(?<time>[^\t\n]+)$/;

function parseRow(text: string): Hold {
  const { snapshot, tag, time } = row.exec(text)?.groups ?? {};
  if (snapshot === undefined || tag === undefined || time === undefined) {
    throw new OutputParseError('a row of zfs holds is not as expected', { text });
  }
  return { snapshot, tag, createdAt: parseTime(time) };
}

/** Whether a snapshot is one that the options ask for. */
function isAskedFor(
  name: string,
  { recursive = false, snapshots }: { recursive?: boolean; snapshots: readonly string[] },
): boolean {
  if (!recursive) return snapshots.includes(name);
  return snapshots.some((top) => {
    const [dataset = '', short = ''] = top.split('@');
    return name === top || (name.startsWith(`${dataset}/`) && name.endsWith(`@${short}`));
  });
}

/** Each row with its number among those of its snapshot: there are as many as it has holds. */
function numbered(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return `${name}\t${String(number)}`;
  });
}

/**
 * Reads what the command of {@link Zfs.holds} prints, and refuses an output with forged rows. Takes
 * the same options as the command.
 *
 * @param counts - What the command of {@link zfsHoldsCountsCommand} printed.
 * @throws `OutputParseError` for more or fewer holds than those, also where one came or went
 * between the two commands.
 */
export function parseZfsHolds(stdout: string, options: ZfsHoldsOptions, counts: string): Hold[] {
  const checked = checkOptions<ZfsHoldsOptions>(zfsHoldsRows, options);
  const counted = parseRows(counts, { what: 'zfs get userrefs', columns: ['name', 'value'] });
  const expected = counted
    .filter(({ name }) => isAskedFor(name, checked))
    .flatMap(({ name, value }) => Array.from({ length: parseInteger('userrefs', value) }, () => name));
  const records: string[] = [];
  for (const line of outputLines(stdout)) {
    if (records.length === 0 || start.test(line)) records.push(line);
    else records.push(`${records.pop() ?? ''}\n${line}`);
  }
  const holds = records.map(parseRow);
  requireRows('zfs holds', numbered(holds.map(({ snapshot }) => snapshot)), numbered(expected));
  return holds;
}

const knowsNoSeconds = (error: unknown): boolean =>
  ExitError.isInstance(error) && error.exitCode === 2 && /^invalid option 'p'/m.test(error.stderr);

/** Runs what {@link Zfs.holds} runs: asks for seconds, and for minutes where zfs knows no `-p`. */
export async function readHolds(zfs: CommandRunner, options: ZfsHoldsOptions): Promise<Hold[]> {
  const checked = checkOptions<ZfsHoldsOptions>(zfsHoldsRows, options);
  const read = async (rows: Command): Promise<Hold[]> =>
    readRows(zfs, checked, {
      names: zfsHoldsCountsCommand(checked),
      rows,
      parse: (stdout, counts = '') => parseZfsHolds(stdout, checked, counts),
    });
  try {
    return await read(zfsHoldsCommand(checked));
  } catch (error) {
    if (!knowsNoSeconds(error)) throw error;
    return read(zfsHoldsMinutesCommand(checked));
  }
}
