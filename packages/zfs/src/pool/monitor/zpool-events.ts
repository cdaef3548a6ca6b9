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
import { poolRow } from '../pool-row.js';

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

const head = /^\w{3} [ \d]\d \d{4} [\d:]{8}\.\d{9}\t(?<class>[\w.-]+)$/;
const lost = /^dropped (?<count>\d+) events$/;
const field = /^ {8,}(?<name>\w+) = (?<value>.*)$/;

/** Fields by name. One in a part of its own, as `detector`, has the name of that before its own. */
function payloadOf(lines: readonly string[]): Record<string, string> {
  const payload: Record<string, string> = {};
  const parts: string[] = [];
  let last: string | undefined;
  for (const line of lines) {
    const { name = '', value = '' } = field.exec(line)?.groups ?? {};
    if (/^ +\(end [\w-]+\)$/.test(line)) {
      parts.pop();
    } else if (name === '') {
      // The rest of a text of several lines.
      if (last !== undefined) payload[last] = `${payload[last] ?? ''}\n${line}`;
    } else if (value === '(embedded nvlist)') {
      parts.push(name);
    } else {
      last = [...parts, name].join('.');
      payload[last] = value.trimEnd();
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

/** Reads the lines of the command of {@link PoolMethods.events}, as they come. */
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

/** Runs what {@link PoolMethods.events} runs. */
export function streamEvents(zpool: CommandRunner, options: ZpoolEventsOptions): AsyncIterable<PoolEvent> {
  return parseZpoolEvents(zpool.lines(zpoolEventsCommand(options), options));
}
