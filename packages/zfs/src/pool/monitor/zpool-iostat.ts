import {
  checkOptions,
  createCommand,
  OutputParseError,
  parseInteger,
  type CallOptions,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { unset } from '../../output-rows.js';
import { poolRow } from '../pool-row.js';

/** What {@link PoolMethods.iostat} takes. */
export interface ZpoolIostatOptions extends CallOptions {
  /** The pool. */
  readonly pool: string;
  /**
   * Seconds from one sample to the next.
   * @default 1
   */
  readonly intervalSeconds?: number;
  /**
   * How many samples there are.
   * @default no end, until the loop is left
   */
  readonly count?: number;
  /**
   * Tells of each device too. A sample then comes when the next one begins.
   * @default false
   */
  readonly vdevs?: boolean;
}

/** How much is read and written: a part of {@link PoolIostat}. */
export interface VdevIostat {
  /** The name of the pool, or of the device or group. */
  readonly name: string;
  /** Space taken, in bytes. 0 or undefined for a device in a group: it is told of the group. */
  readonly allocatedBytes: number | undefined;
  /** Space free, in bytes. 0 or undefined for a device in a group. */
  readonly freeBytes: number | undefined;
  /** Reads in a second. */
  readonly readsPerSecond: number;
  /** Writes in a second. */
  readonly writesPerSecond: number;
  /** Bytes read in a second. */
  readonly readBytesPerSecond: number;
  /** Bytes written in a second. */
  readonly writeBytesPerSecond: number;
}

/** One sample as {@link PoolMethods.iostat} yields it. */
export interface PoolIostat extends VdevIostat {
  /** When it was taken, to the second. */
  readonly time: Date;
  /** The devices and groups, a group before what it is made of. Empty without `vdevs`. */
  readonly vdevs: readonly VdevIostat[];
}

/** The rows of {@link ZpoolIostatOptions}. */
export const zpoolIostatRows: Rows<ZpoolIostatOptions> = {
  vdevs: { kind: 'flag', option: '-v' },
  pool: { ...poolRow, required: true },
  intervalSeconds: { kind: 'integer', minimum: 1, maximum: 2 ** 31 - 1, sample: 5 },
  count: { kind: 'integer', minimum: 1, maximum: 2 ** 31 - 1 },
};

/** Builds the command of {@link PoolMethods.iostat}. See zpool-iostat(8). */
export function zpoolIostatCommand(options: ZpoolIostatOptions): Command {
  const {
    count,
    intervalSeconds = 1,
    pool,
    vdevs = false,
  } = checkOptions<ZpoolIostatOptions>(zpoolIostatRows, options);
  // -y leaves out the sample since the machine started, -T u writes the time before each.
  const words = ['-HpPy', '-T', 'u', ...(vdevs ? ['-v'] : []), '--', pool, String(intervalSeconds)];
  return createCommand('zpool', ['iostat', ...words, ...(count === undefined ? [] : [String(count)])], {
    effect: 'read',
  });
}

function parseRow(line: string): VdevIostat | undefined {
  const [name = '', allocated = '', free = '', ...rates] = line.split('\t');
  // A heading, as `logs`, has no numbers.
  if (rates.length > 3 && rates.every((text) => text === '-')) return undefined;
  const [reads, writes, readBytes, writeBytes] = rates.map((text) => parseInteger('iostat', text));
  if (reads === undefined || writes === undefined || readBytes === undefined || writeBytes === undefined) {
    throw new OutputParseError('a row of zpool iostat is not as expected', { text: line });
  }
  const bytes = (text: string): number | undefined =>
    unset(text) === undefined ? undefined : parseInteger('iostat', text);
  return {
    name,
    allocatedBytes: bytes(allocated),
    freeBytes: bytes(free),
    readsPerSecond: reads,
    writesPerSecond: writes,
    readBytesPerSecond: readBytes,
    writeBytesPerSecond: writeBytes,
  };
}

/** Reads the lines of the command of {@link PoolMethods.iostat}, as they come. */
export async function* parseZpoolIostat(
  lines: AsyncIterable<string> | Iterable<string>,
  vdevs = false,
): AsyncGenerator<PoolIostat, void, undefined> {
  let time: Date | undefined;
  let sample: (PoolIostat & { readonly vdevs: VdevIostat[] }) | undefined;
  for await (const line of lines) {
    if (line === '') continue;
    if (/^\d+$/.test(line)) {
      if (sample !== undefined) yield sample;
      sample = undefined;
      time = new Date(parseInteger('time', line) * 1000);
      continue;
    }
    const row = parseRow(line);
    if (time === undefined) throw new OutputParseError('zpool iostat begins without the time', { text: line });
    if (sample !== undefined) {
      if (row !== undefined) sample.vdevs.push(row);
    } else if (row !== undefined) {
      sample = { ...row, time, vdevs: [] };
      // There is no more to come.
      if (!vdevs) {
        yield sample;
        sample = undefined;
      }
    }
  }
  if (sample !== undefined) yield sample;
}

/** Runs what {@link PoolMethods.iostat} runs. */
export function streamIostat(zpool: CommandRunner, options: ZpoolIostatOptions): AsyncIterable<PoolIostat> {
  const checked = checkOptions<ZpoolIostatOptions>(zpoolIostatRows, options);
  return parseZpoolIostat(zpool.lines(zpoolIostatCommand(checked), checked), checked.vdevs);
}
