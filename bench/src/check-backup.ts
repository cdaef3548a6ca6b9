import { createCommand, run, type Transport } from '@quiesce/command';
import { readRecords, type Lab } from '@quiesce/lab';
import { target } from './settings.js';

async function words(
  transport: Transport,
  file: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const { stdout } = await run(transport, createCommand(file, args, { effect: 'read' }), { signal });
  return stdout.split(/\s+/).filter((word) => word !== '');
}

/**
 * Looks, after either side alike, whether it did what it was measured for: guests running, every
 * image copied as one moment left it, no LVM snapshot left, a ZFS snapshot made.
 *
 * @throws with everything that is wrong.
 */
export async function checkBackup({ transport, guests }: Lab, signal: AbortSignal): Promise<void> {
  const problems: string[] = [];
  for (const { name, volume } of guests) {
    const state = await words(transport, 'virsh', ['domstate', name], signal);
    if (state[0] !== 'running') problems.push(`${name} is ${state.join(' ')}`);
    const copy = `/${target}/${volume.replace('/dev/', '').replace('/', '.')}/${name}.img`;
    const records = await readRecords(transport, copy).catch((error: unknown) => ({ problems: [String(error)] }));
    problems.push(...records.problems.map((problem) => `${copy}: ${problem}`));
  }
  const origins = await words(transport, 'lvs', ['--noheadings', '-o', 'origin'], signal);
  if (origins.length > 0) problems.push(`LVM snapshots left of ${origins.join(', ')}`);
  const snapshots = await words(transport, 'zfs', ['list', '-H', '-t', 'snapshot', '-o', 'name', target], signal);
  if (snapshots.length !== 1) problems.push(`${String(snapshots.length)} ZFS snapshots in place of one`);
  if (problems.length > 0) throw new Error(problems.join('; '));
}
