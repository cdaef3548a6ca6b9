import { OutputParseError, parseInteger } from '@quiesce/command';

/** How many files, of each type. */
export interface FileCounts {
  /** All of them. */
  readonly total: number;
  readonly files: number;
  readonly directories: number;
  readonly symbolicLinks: number;
  readonly devices: number;
  /** Sockets and named pipes. */
  readonly specials: number;
}

/** What a run did, in numbers. */
export interface SyncStats {
  /** What the source has, as far as it isn't excluded. */
  readonly found: FileCounts;
  /** Of these, what the destination did not have. */
  readonly created: FileCounts;
  /** What was removed from the destination. */
  readonly deleted: FileCounts;
  /**
   * Files whose content was transferred, whole or in part. One that was begun and failed or
   * vanished counts too.
   */
  readonly filesTransferred: number;
  /** All files of the source together, in bytes. */
  readonly totalFileSizeBytes: number;
  /** The files of `filesTransferred` together, in bytes. */
  readonly transferredFileSizeBytes: number;
  /** Of these bytes, the ones that had to be sent. */
  readonly literalBytes: number;
  /** Of these bytes, the ones that the destination had already. */
  readonly matchedBytes: number;
  /** What went over the wire (or the pipe), in bytes. */
  readonly sentBytes: number;
  /** What came back, in bytes. */
  readonly receivedBytes: number;
  /** `totalFileSizeBytes` for each byte sent or received. */
  readonly speedup: number;
}

const noFiles: FileCounts = { total: 0, files: 0, directories: 0, symbolicLinks: 0, devices: 0, specials: 0 };

/** The statistics of a run that a dry run's transport left out. */
export const nothingDone: SyncStats = {
  found: noFiles,
  created: noFiles,
  deleted: noFiles,
  filesTransferred: 0,
  totalFileSizeBytes: 0,
  transferredFileSizeBytes: 0,
  literalBytes: 0,
  matchedBytes: 0,
  sentBytes: 0,
  receivedBytes: 0,
  speedup: 0,
};

const statsLine = /^(?:Number of |Total |Literal data: |Matched data: |File list |sent \d|total size is \d)/;

/** Whether a line belongs to the statistics at the end of a run. */
export function isStatsLine(line: string): boolean {
  return statsLine.test(line);
}

function find(stdout: string, label: string): string | undefined {
  return new RegExp(`^${label}: (.*)$`, 'm').exec(stdout)?.[1];
}

function parseNumber(stdout: string, label: string): number {
  const text = find(stdout, label);
  if (text === undefined) throw new OutputParseError(`rsync's statistics have no "${label}"`, { text: stdout });
  return parseInteger(label, text.replace(/ bytes$/, ''));
}

function parseCounts(stdout: string, label: string): FileCounts {
  // Left out by an rsync from before 2013 on the other side.
  const text = find(stdout, label);
  if (text === undefined) return noFiles;
  const of = (type: string): number => {
    const count = new RegExp(`\\b${type}: (\\d+)`).exec(text)?.[1];
    return count === undefined ? 0 : parseInteger(`${label} (${type})`, count);
  };
  return {
    total: parseInteger(label, text.replace(/ \(.*$/, '')),
    files: of('reg'),
    directories: of('dir'),
    symbolicLinks: of('link'),
    devices: of('dev'),
    specials: of('special'),
  };
}

/**
 * Reads the statistics that rsync prints with `--stats` and `--no-human-readable`. Other lines are
 * ignored.
 *
 * @throws `OutputParseError` when one of the numbers is missing.
 */
export function parseRsyncStats(stdout: string): SyncStats {
  const totalFileSizeBytes = parseNumber(stdout, 'Total file size');
  const sentBytes = parseNumber(stdout, 'Total bytes sent');
  const receivedBytes = parseNumber(stdout, 'Total bytes received');
  return {
    found: parseCounts(stdout, 'Number of files'),
    created: parseCounts(stdout, 'Number of created files'),
    deleted: parseCounts(stdout, 'Number of deleted files'),
    filesTransferred: parseNumber(stdout, 'Number of regular files transferred'),
    totalFileSizeBytes,
    transferredFileSizeBytes: parseNumber(stdout, 'Total transferred file size'),
    literalBytes: parseNumber(stdout, 'Literal data'),
    matchedBytes: parseNumber(stdout, 'Matched data'),
    sentBytes,
    receivedBytes,
    speedup: totalFileSizeBytes / Math.max(1, sentBytes + receivedBytes),
  };
}
