import { parseOutput, type CallOptions, type Command, type CommandRunner } from '@quiesce/command';
import { VolumeGroupSkippedError } from '../errors.js';

/** A report to read. */
export interface ReportRequest<Row> {
  readonly command: Command;
  /** The groups that the command names, also those of volumes that it names. */
  readonly volumeGroups: readonly string[];
  readonly parse: (stdout: string) => Row[];
}

/** Whether LVM only passed over groups that nobody asked for, and reported all the others. */
function reportedTheRest(error: unknown, asked: readonly string[]): error is VolumeGroupSkippedError {
  return (
    VolumeGroupSkippedError.isInstance(error) &&
    error.volumeGroups.every((name) => !asked.includes(name)) &&
    // Without a report it failed before it came to tell.
    error.stdout.trim() !== ''
  );
}

/**
 * Runs a command and reads its report. One group of an old cluster, on a disk that other machines
 * use too, makes every report of all groups fail although it is complete but for that group.
 */
export async function readReport<Row>(
  lvm: CommandRunner,
  call: CallOptions,
  request: ReportRequest<Row>,
): Promise<Row[]> {
  const { command, volumeGroups, parse } = request;
  try {
    return await lvm.read(command, call, parse);
  } catch (error) {
    if (!reportedTheRest(error, volumeGroups)) throw error;
    return parseOutput({ command, stdout: error.stdout }, parse);
  }
}
