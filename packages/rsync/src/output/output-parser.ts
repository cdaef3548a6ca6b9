import { parseRsyncItemizedChange, type SyncChange } from './itemized-change.js';
import { createLineLog } from './line-log.js';
import { createProgressReader, type SyncProgress } from './progress.js';
import { isStatsLine } from './stats.js';
import { decodeText } from './text.js';

/** Something that rsync says besides its results, as that it skips a file. */
export interface SyncWarning {
  readonly type: 'warning';
  /** As rsync says it; a control character in a name is written `\#ooo`, in octal. */
  readonly message: string;
}

/** What a run tells while it goes on. More types may come: ignore the ones that you don't know. */
export type SyncEvent = SyncProgress | SyncChange | SyncWarning;

/** Reads one of the streams of rsync as it comes. */
export interface OutputParser {
  /**
   * Takes the next bytes, wherever they are cut, and returns what has become complete with them.
   */
  readonly push: (chunk: Uint8Array) => SyncEvent[];
  /** Takes what is left when there is no more. */
  readonly end: () => SyncEvent[];
  /** What it said besides progress and changes: the last lines, in all at most 256 KiB. */
  readonly lines: () => readonly string[];
}

/** What the words of a command make of its output. */
export interface OutputParserSettings {
  /**
   * Reads a line that tells a change.
   * @default {@link parseRsyncItemizedChange}
   */
  readonly readChange?: (line: string) => SyncChange | undefined;
  /**
   * Whether rsync sees all of the source before it begins, as with `--no-inc-recursive`.
   * @default false
   */
  readonly totalIsFinal?: boolean;
}

/**
 * A path has 4 KiB, and each byte of it at most five characters: what is longer is not from rsync.
 */
export const longestLine: number = 64 * 1024;
// Said on every good day, or a progress record that was cut off.
const expected = /^(?:$|created (?:\d+ )?director|sending incremental file list|\d+ +-?\d+%)/;

/**
 * Makes a parser of what rsync prints for the words of {@link rsyncCommand}: progress after `\r`,
 * which any other line may follow without a break, changes, notices and statistics.
 */
export function createOutputParser({
  readChange = parseRsyncItemizedChange,
  totalIsFinal = false,
}: OutputParserSettings = {}): OutputParser {
  const readProgress = createProgressReader(totalIsFinal);
  const log = createLineLog();
  const lineEnd = /[\r\n]/g;
  // One character per byte, so that no character is cut in two.
  let rest = '';

  const readLine = (bytes: string, events: SyncEvent[]): void => {
    // rsync pads a progress record with blanks when it gets shorter; no other line begins with one.
    const line = decodeText(bytes.startsWith(' ') ? bytes.replace(/^ +/, '') : bytes);
    const change = readChange(line);
    if (change !== undefined) {
      events.push(change);
      return;
    }
    if (expected.test(line)) return;
    log.add(line);
    if (!isStatsLine(line)) events.push({ type: 'warning', message: line });
  };

  const read = (text: string, events: SyncEvent[]): string => {
    let position = 0;
    for (;;) {
      const record = readProgress(text, position);
      if (record !== undefined) {
        events.push(record.progress);
        position = record.end;
        continue;
      }
      lineEnd.lastIndex = position;
      const found = lineEnd.exec(text);
      if (found === null) return text.slice(position);
      readLine(text.slice(position, found.index), events);
      position = lineEnd.lastIndex;
    }
  };

  return {
    push: (chunk) => {
      const events: SyncEvent[] = [];
      rest = read(rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1'), events);
      if (rest.length > longestLine) rest = '';
      return events;
    },
    end: () => {
      const events: SyncEvent[] = [];
      readLine(rest, events);
      rest = '';
      return events;
    },
    lines: log.lines,
  };
}
