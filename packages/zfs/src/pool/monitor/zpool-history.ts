import {
  argumentWords,
  checkOptions,
  createCommand,
  OutputParseError,
  type CallOptions,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { outputLines } from '../../output-rows.js';
import { poolRow } from '../pool-row.js';

/** What {@link PoolMethods.history} takes. */
export interface ZpoolHistoryOptions extends CallOptions {
  /** The pool. */
  readonly pool: string;
  /**
   * Tells also what ZFS did by itself.
   * @default false
   */
  readonly internal?: boolean;
}

/** One entry as {@link PoolMethods.history} returns it. */
export interface PoolHistoryEntry {
  /** When it was done, to the second. */
  readonly time: Date;
  /** What was done: a command, or what ZFS did by itself. */
  readonly text: string;
  /** The transaction group in which ZFS did it by itself. Undefined for a command. */
  readonly transactionGroup: number | undefined;
  /** The user that did it, as `root`. Undefined where zpool does not tell. */
  readonly user: string | undefined;
  /** The machine on which it was done. */
  readonly host: string | undefined;
}

/** The words of {@link ZpoolHistoryOptions}. */
export const zpoolHistoryRows: Rows<ZpoolHistoryOptions> = {
  internal: { kind: 'flag', option: '-i' },
  pool: { ...poolRow, required: true },
};

/** Builds the command of {@link PoolMethods.history}. See zpool-history(8). */
export function zpoolHistoryCommand(options: ZpoolHistoryOptions): Command {
  const { pool, ...flags } = checkOptions<ZpoolHistoryOptions>(zpoolHistoryRows, options);
  return createCommand('zpool', ['history', '-l', ...argumentWords(zpoolHistoryRows, flags), '--', pool], {
    // It keeps no log of being read.
    effect: 'read',
    env: { TZ: 'UTC' },
  });
}

const start = /^(?<date>\d{4}-\d\d-\d\d)\.(?<time>\d\d:\d\d:\d\d) (?:\[txg:(?<group>\d+)\] )?/;
const place = /\s\[(?:user \d+(?: \((?<user>[^)\n]*)\))? )?on (?<host>[^\]\n]+)\]\s*$/;

function parseEntry(text: string): PoolHistoryEntry {
  const begin = start.exec(text);
  if (begin === null) throw new OutputParseError('an entry of zpool history is not as expected', { text });
  const { date = '', group, time = '' } = begin.groups ?? {};
  const rest = text.slice(begin[0].length);
  const { host, user } = place.exec(rest)?.groups ?? {};
  return {
    time: new Date(`${date}T${time}Z`),
    text: rest.replace(place, '').trimEnd(),
    transactionGroup: group === undefined ? undefined : Number(group),
    user,
    host: host?.replace(/:\w+$/, ''),
  };
}

/** Takes lines one by one, and gives an entry when the next one begins. */
interface EntryReader {
  readonly take: (line: string) => PoolHistoryEntry | undefined;
  readonly last: () => PoolHistoryEntry | undefined;
}

function entryReader(): EntryReader {
  let begun = false;
  let entry: string[] = [];
  const last = (): PoolHistoryEntry | undefined => (entry.length === 0 ? undefined : parseEntry(entry.join('\n')));
  const take = (line: string): PoolHistoryEntry | undefined => {
    if (!begun) {
      if (!/^History for '.*':$/.test(line)) {
        throw new OutputParseError('zpool history is not as expected', { text: line });
      }
      begun = true;
    } else if (start.test(line)) {
      const before = last();
      entry = [line];
      return before;
    } else if (entry.length > 0) entry.push(line);
    return undefined;
  };
  return { take, last };
}

/** Reads what the command of {@link PoolMethods.history} prints. */
export function parseZpoolHistory(stdout: string): PoolHistoryEntry[] {
  const reader = entryReader();
  const entries = outputLines(stdout).map(reader.take);
  return [...entries, reader.last()].filter((entry) => entry !== undefined);
}

/** Runs what {@link PoolMethods.historyStream} runs. */
export function streamHistory(zpool: CommandRunner, options: ZpoolHistoryOptions): AsyncIterable<PoolHistoryEntry> {
  const checked = checkOptions<ZpoolHistoryOptions>(zpoolHistoryRows, options);
  return readEntries(zpool.lines(zpoolHistoryCommand(checked), checked));
}

async function* readEntries(lines: AsyncIterable<string>): AsyncGenerator<PoolHistoryEntry, void, undefined> {
  const reader = entryReader();
  for await (const line of lines) {
    const entry = reader.take(line);
    if (entry !== undefined) yield entry;
  }
  const entry = reader.last();
  if (entry !== undefined) yield entry;
}
