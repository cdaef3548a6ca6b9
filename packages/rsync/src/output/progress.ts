/** How far a run is, about once a second and after each file. */
export interface SyncProgress {
  readonly type: 'progress';
  /**
   * Bytes of the files dealt with so far, whether their data was sent or found at the destination.
   */
  readonly transferredBytes: number;
  /**
   * `transferredBytes` of all bytes at the source, as rsync rounds it down. Files that were equal
   * already count only in the whole, so a run that finds little to do ends far below 100. Undefined
   * while the total still grows: see `totalIsFinal`.
   */
  readonly percent: number | undefined;
  /** The same of all bytes that are known so far: it goes back when rsync finds more. */
  readonly percentOfKnown: number;
  /** Of the last five seconds; after a file, on average from the start. */
  readonly bytesPerSecond: number;
  /** As rsync guessed last, in seconds. Undefined while it can't tell. */
  readonly remainingSeconds: number | undefined;
  /** Files whose data was transferred. */
  readonly filesTransferred: number;
  /** Files, directories and links that were looked at. Undefined until the first file is done. */
  readonly filesChecked: number | undefined;
  /**
   * Those known so far, all of them when `totalIsFinal`. Undefined until the first file is done.
   */
  readonly filesTotal: number | undefined;
  /**
   * Whether rsync has seen all of the source: before, the totals still grow. rsync tells with the
   * first file that is done; with `--no-inc-recursive` it is so from the start.
   */
  readonly totalIsFinal: boolean;
}

/** A record and where it ends in the text. */
export interface ProgressRecord {
  readonly progress: SyncProgress;
  readonly end: number;
}

/** Reads the record that begins at a position, if it is there whole. */
export type ProgressReader = (text: string, position: number) => ProgressRecord | undefined;

/*
 *         32768 45% 1.25MB/s 0:00:07 ⏎ within a file: the rate now, the time left 32768 45%
 *         1.25MB/s 0:00:03 (xfr#2, to-chk=3/9) after a file: the average, the time taken Each has
 *         an end of its own, since rsync may go on behind it with any other line.
 */
const record =
  / *(\d+) +(\d+)% +(\d+\.\d+)([kMG])B\/s +(?:(\d+):(\d\d):(\d\d)|\?\?:\?\?:\?\?)(?: {2}| \(xfr#(\d+), (to|ir)-chk=(-?\d+)\/(\d+)\))/y;

const unitBytes: Readonly<Record<string, number>> = { k: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Makes a reader for one run. It remembers what only some of the records tell. */
export function createProgressReader(finalFromStart = false): ProgressReader {
  let filesTransferred = 0;
  let filesChecked: number | undefined;
  let filesTotal: number | undefined;
  let totalIsFinal = finalFromStart;
  let remainingSeconds: number | undefined;

  return (text, position) => {
    record.lastIndex = position;
    const match = record.exec(text);
    if (match === null) return undefined;
    const [, bytes, percent, rate, unit = 'k', hours, minutes, seconds, transferred, list, toCheck, total] = match;
    const bytesPerSecond = Math.round(Number(rate) * (unitBytes[unit] ?? 1));
    if (transferred !== undefined) {
      filesTransferred = Number(transferred);
      filesTotal = Number(total);
      filesChecked = filesTotal - Number(toCheck);
      totalIsFinal = list === 'to';
    } else {
      const known = hours !== undefined && bytesPerSecond > 0;
      remainingSeconds = known ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : undefined;
    }
    const progress: SyncProgress = {
      type: 'progress',
      transferredBytes: Number(bytes),
      percent: totalIsFinal ? Number(percent) : undefined,
      percentOfKnown: Number(percent),
      bytesPerSecond,
      remainingSeconds,
      filesTransferred,
      filesChecked,
      filesTotal,
      totalIsFinal,
    };
    return { progress, end: record.lastIndex };
  };
}
