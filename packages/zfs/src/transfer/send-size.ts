import { checkOptions, createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';
import { sendWords, sourceOf, zfsSendSizeRows, type ZfsSendSizeOptions } from './send.js';
import { outputLines } from '../output-rows.js';

/** One snapshot of what would be sent. */
export interface SendPart {
  /** The snapshot. */
  readonly snapshot: string;
  /** The snapshot or bookmark that it is sent against. Undefined for one that is sent whole. */
  readonly incrementalFrom: string | undefined;
  /** What zfs expects it to take, in bytes. Undefined where it does not say. */
  readonly estimatedBytes: number | undefined;
}

/** How much {@link Zfs.send} would send, as {@link Zfs.sendSize} returns it. */
export interface SendSize {
  /** What zfs expects it to take in all, in bytes. It may be some percent more or less. */
  readonly estimatedBytes: number | undefined;
  /** The snapshots that would be sent, in their order. */
  readonly parts: readonly SendPart[];
}

/** Builds the command of {@link Zfs.sendSize}. See zfs-send(8). */
export function zfsSendSizeCommand(options: ZfsSendSizeOptions): Command {
  const checked = checkOptions<ZfsSendSizeOptions>(zfsSendSizeRows, options);
  return createCommand('zfs', ['send', '-nvP', ...sendWords(checked)], { effect: 'read' });
}

const bytesOf = (text: string | undefined): number | undefined =>
  text === undefined || text === '' ? undefined : parseInteger('size', text);

/** Reads what the command of {@link Zfs.sendSize} prints. */
export function parseZfsSendSize(stdout: string): SendSize {
  const parts: SendPart[] = [];
  let estimatedBytes: number | undefined;
  let isToken = false;
  for (const line of outputLines(stdout)) {
    const cells = line.split('\t');
    const [what, first = '', second = '', third] = cells;
    // Before the rest of an interrupted stream zfs shows what its token holds.
    if (what === 'resume token contents:') isToken = true;
    else if (what === 'full') {
      parts.push({ snapshot: first, incrementalFrom: undefined, estimatedBytes: bytesOf(second) });
    } else if (what === 'incremental') {
      const incrementalFrom = sourceOf(/[@#]/.test(first) ? first : `@${first}`, second);
      parts.push({ snapshot: second, incrementalFrom, estimatedBytes: bytesOf(third) });
    } else if (what === 'size') estimatedBytes = bytesOf(first);
    else if (!isToken) throw new OutputParseError('a row of zfs send is not as expected', { text: line });
  }
  return { estimatedBytes, parts };
}
