import { createCommand, run, type Transport } from '@quiesce/command';

/** What the records in a guest's disk, or in a copy of it, say. */
export interface RecordsReport {
  /** How many records there are, up to the first problem. */
  readonly records: number;
  /** Number of the first record. Null without records. */
  readonly first: number | null;
  /**
   * Number of the last good record: the guest writes one about every second. Null without records.
   */
  readonly last: number | null;
  /** How long the guest had been up when it wrote the last record. Null without records. */
  readonly uptimeSeconds: number | null;
  /** Whether the file system and all the records are as one moment of the guest left them. */
  readonly consistent: boolean;
  /** What is wrong. */
  readonly problems: readonly string[];
}

/** Reads `quiesce-records`' output. */
function parseRecordsReport(stdout: string): RecordsReport {
  return JSON.parse(stdout) as RecordsReport;
}

/**
 * Reads the records of an image file in a lab. The image is only read: its journal is replayed in a
 * scratch copy.
 *
 * @throws `ExitError` when the image can't be read.
 */
export async function readRecords(transport: Transport, imagePath: string): Promise<RecordsReport> {
  const command = createCommand('/usr/local/bin/quiesce-records', [imagePath], { effect: 'read' });
  return parseRecordsReport((await run(transport, command)).stdout);
}
