import { createCommand, OutputParseError, type Command } from '@quiesce/command';

/** What the kernel says of an LVM snapshot. */
export interface SnapshotStatus {
  /** False where it filled up: it has lost what it should keep. */
  readonly valid: boolean;
  /** How full it is, from 0 to 100. Undefined where it is not valid. */
  readonly usedPercent: number | undefined;
}

/** Asks the kernel how a snapshot stands, by its device-mapper name. See dmsetup(8). */
export function snapshotStatusCommand(options: { mapperName: string }): Command {
  return createCommand('dmsetup', ['status', '--target', 'snapshot', '--', options.mapperName], { effect: 'read' });
}

/**
 * Reads what {@link snapshotStatusCommand} prints: `0 524288 snapshot 1040/540672 16`, or a word in
 * place of the numbers.
 *
 * @throws `OutputParseError` where there is no snapshot.
 */
export function parseSnapshotStatus(stdout: string): SnapshotStatus {
  const { status } = /^\d+ \d+ snapshot (?<status>.+)$/m.exec(stdout)?.groups ?? {};
  if (status === undefined) throw new OutputParseError('dmsetup names no snapshot', { text: stdout });
  const { used, total } = /^(?<used>\d+)\/(?<total>\d+) \d+$/.exec(status)?.groups ?? {};
  // Invalid, Overflow, or "Merge failed".
  if (used === undefined || total === undefined) return { valid: false, usedPercent: undefined };
  return { valid: true, usedPercent: (100 * Number(used)) / Number(total) };
}
