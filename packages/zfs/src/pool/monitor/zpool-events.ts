import {
  argumentWords,
  checkOptions,
  createCommand,
  OutputParseError,
  type CallOptions,
  type Checked,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { outputLines } from '../../output-rows.js';
import { poolRow } from '../pool-row.js';
import { withDeadline } from '../../deadline.js';

/** What {@link PoolMethods.events} takes. */
export interface ZpoolEventsOptions extends CallOptions {
  /**
   * The pool whose events are wanted.
   * @default all
   */
  readonly pool?: string;
  /**
   * Goes on with events as they come, until the loop is left.
   * @default false
   */
  readonly follow?: boolean;
}

/** One event as {@link PoolMethods.events} yields it. */
export interface PoolEvent {
  /** What happened, as `ereport.fs.zfs.checksum` or `sysevent.fs.zfs.scrub_start`. */
  readonly class: string;
  /** When it happened. */
  readonly time: Date;
  /** The pool that it is about. Undefined where there is none. */
  readonly pool: string | undefined;
  /** Its number: it grows by one from event to event of a machine. */
  readonly id: number | undefined;
  /** Events that the kernel dropped before this one since nobody read them. */
  readonly dropped: number;
  /**
   * All that zpool tells, as it prints it: numbers as `0x1f`, several of them after each other. A
   * text has no quotes.
   */
  readonly payload: Readonly<Record<string, string>>;
}

/** The words of {@link ZpoolEventsOptions}. */
export const zpoolEventsRows: Rows<ZpoolEventsOptions> = {
  follow: { kind: 'flag', option: '-f' },
  pool: poolRow,
};

/** Builds the command of {@link PoolMethods.events}. See zpool-events(8). */
export function zpoolEventsCommand(options: ZpoolEventsOptions = {}): Command {
  const { pool, ...flags } = checkOptions<ZpoolEventsOptions>(zpoolEventsRows, options);
  const words = [...argumentWords(zpoolEventsRows, flags), ...(pool === undefined ? [] : ['--', pool])];
  return createCommand('zpool', ['events', '-Hv', ...words], { effect: 'read' });
}

const comeLast = new Set(['time', 'eid']);
const head = /^\w{3} [ \d]\d \d{4} [\d:]{8}\.\d{9}\t(?<class>[\w.-]+)$/;
const lost = /^dropped (?<count>\d+) events$/;
const field = /^(?<indent>(?: {8})+)(?<name>\w+) = (?<value>.*)$/;

/**
 * Builds the command that prints the heads of those events which that of {@link zpoolEventsCommand}
 * prints whole: nothing in it can be forged.
 */
export function zpoolEventHeadsCommand(options: ZpoolEventsOptions = {}): Command {
  const { pool } = checkOptions<ZpoolEventsOptions>(zpoolEventsRows, options);
  return createCommand('zpool', ['events', '-H', ...(pool === undefined ? [] : ['--', pool])], { effect: 'read' });
}

/**
 * Fields by name. One in a part of its own, as `detector`, has the name of that before its own.
 *
 * Of two of one name the second is in a text that a user wrote, but for those that come last.
 */
function payloadOf(lines: readonly string[]): Record<string, string> {
  const payload: Record<string, string> = {};
  let parts: readonly string[] = [];
  let last: string | undefined;
  for (const line of lines) {
    const { indent = '', name = '', value = '' } = field.exec(line)?.groups ?? {};
    const above = parts.slice(0, indent.length / 8 - 1);
    const path = [...above, name].join('.');
    if (/^ {8,}\(end [\w-]+\)$/.test(line)) continue;
    if (name !== '' && value === '(embedded nvlist)') parts = [...above, name];
    else if (name !== '' && (payload[path] === undefined || comeLast.has(path))) {
      last = path;
      payload[last] = value.trimEnd();
    } else if (last !== undefined && !comeLast.has(last)) {
      // The rest of a text of several lines. Those that come last are no texts.
      payload[last] = `${payload[last] ?? ''}\n${line}`;
    }
  }
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [name, /^"[^]*"$/.test(value) ? value.slice(1, -1) : value]),
  );
}

/** Seconds and nanoseconds, as `0x6b07df40 0x1139ca40`. */
function parseTime(text: string): Date {
  const { nanoseconds, seconds } = /^(?<seconds>0x[\da-f]+) (?<nanoseconds>0x[\da-f]+)$/.exec(text)?.groups ?? {};
  if (seconds === undefined) throw new OutputParseError('an event of zpool has no time', { text });
  return new Date(Number(seconds) * 1000 + Math.floor(Number(nanoseconds) / 1_000_000));
}

function parseEvent([first = '', ...lines]: readonly string[], dropped: number): PoolEvent {
  const name = head.exec(first)?.groups?.['class'];
  const payload = payloadOf(lines);
  if (name === undefined || payload['class'] !== name) {
    throw new OutputParseError('an event of zpool is not as expected', { text: [first, ...lines].join('\n') });
  }
  const id = payload['eid'];
  return {
    class: name,
    time: parseTime(payload['time'] ?? ''),
    pool: payload['pool'],
    id: id === undefined ? undefined : Number(id),
    dropped,
    payload,
  };
}

/**
 * Reads the lines of the command of {@link PoolMethods.events} with `follow`, as they come. A text
 * in an event can make it look like two.
 */
export async function* parseZpoolEvents(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<PoolEvent, void, undefined> {
  let event: string[] = [];
  let dropped = 0;
  for await (const line of lines) {
    const count = event.length === 0 ? lost.exec(line)?.groups?.['count'] : undefined;
    if (count !== undefined) dropped += Number(count);
    // An event ends with its number and an empty line: a text in it may hold such lines too.
    else if (line === '' && event.some((known) => /^ {8}eid = /.test(known))) {
      yield parseEvent(event, dropped);
      event = [];
      dropped = 0;
    } else if (line !== '' || event.length > 0) event.push(line);
  }
  if (event.length > 0) yield parseEvent(event, dropped);
}

/** The heads of events, where the kernel dropped some and told of others meanwhile. */
function joinHeads(before: readonly string[], after: readonly string[]): readonly string[] {
  const same = before.findIndex((_, from) => before.slice(from).every((line, index) => line === after[index]));
  return same === -1 ? after : [...before.slice(0, same), ...after];
}

const headsOf = (stdout: string): string[] => outputLines(stdout).filter((line) => head.test(line));

/** Divides lines at the heads of events, each where its turn has come: any other is in a text. */
function divide(lines: readonly string[], heads: readonly string[]): string[][] {
  const events: string[][] = [];
  for (const line of lines) {
    if (line === heads[events.length]) events.push([line]);
    else events.at(-1)?.push(line);
  }
  return events;
}

/**
 * Reads what the command of {@link PoolMethods.events} prints without `follow`.
 *
 * @param before - What the command of {@link zpoolEventHeadsCommand} printed before it.
 * @param after - What it printed after it.
 * @throws `OutputParseError` where these do not name the events.
 */
export function parseZpoolEventList(stdout: string, before: string, after: string): PoolEvent[] {
  const least = headsOf(before).length;
  const heads = joinHeads(headsOf(before), headsOf(after));
  const lines = outputLines(stdout);
  const begin = lines.findIndex((line) => head.test(line));
  if (begin === -1 && least === 0) return [];
  const dropped = lines
    .slice(0, Math.max(0, begin))
    .reduce((sum, line) => sum + Number(lost.exec(line)?.groups?.['count'] ?? 0), 0);
  // The first of them may be gone, and two heads may be the same.
  for (const [from, name] of heads.entries()) {
    const events = name === lines[begin] ? divide(lines.slice(begin), heads.slice(from)) : [];
    if (events.length > 0 && from + events.length >= least) {
      return events.map((event, index) => parseEvent(event, index === 0 ? dropped : 0));
    }
  }
  throw new OutputParseError('zpool events prints other events than it names', { text: lines[begin] ?? '' });
}

const maximumAttempts = 3;

/** Asks for the events that there are, and before and after it for their heads. */
async function* listEvents(
  zpool: CommandRunner,
  options: Checked<ZpoolEventsOptions>,
): AsyncGenerator<PoolEvent, void, undefined> {
  const [command, heads] = [zpoolEventsCommand(options), zpoolEventHeadsCommand(options)];
  yield* await withDeadline(options, command, async ({ call }) => {
    for (let attempt = 1; ; attempt += 1) {
      const before = await zpool.run(heads, call());
      const whole = await zpool.run(command, call());
      try {
        return await zpool.read(heads, call(), (after) => parseZpoolEventList(whole.stdout, before.stdout, after));
      } catch (error) {
        // The kernel may have dropped all that it knew.
        if (attempt === maximumAttempts || !OutputParseError.isInstance(error)) throw error;
      }
    }
  });
}

/** Runs what {@link PoolMethods.events} runs. */
export function streamEvents(zpool: CommandRunner, options: ZpoolEventsOptions): AsyncIterable<PoolEvent> {
  const checked = checkOptions<ZpoolEventsOptions>(zpoolEventsRows, options);
  return checked.follow === true
    ? parseZpoolEvents(zpool.lines(zpoolEventsCommand(checked), checked))
    : listEvents(zpool, checked);
}
