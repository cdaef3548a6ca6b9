import { createLineLog } from './line-log.js';
import { isVerdict } from './messages.js';
import { longestLine, type OutputParser, type SyncEvent } from './output-parser.js';
import { decodeText } from './text.js';

/** Makes a parser of what rsync writes to standard error. */
export function createMessageParser(): OutputParser {
  const log = createLineLog();
  let rest = '';
  const readLines = (lines: readonly string[]): SyncEvent[] =>
    lines.flatMap((bytes): SyncEvent[] => {
      const message = decodeText(bytes);
      // rsync ends a progress line with a newline on whichever stream it writes to next.
      if (message === '') return [];
      log.add(message);
      return isVerdict(message) ? [] : [{ type: 'warning', message }];
    });
  return {
    push: (chunk) => {
      const lines = (rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')).split(
        '\n',
      );
      const last = lines.pop() ?? '';
      rest = last.length > longestLine ? '' : last;
      return readLines(lines);
    },
    end: () => {
      const last = rest;
      rest = '';
      return readLines([last]);
    },
    lines: log.lines,
  };
}
