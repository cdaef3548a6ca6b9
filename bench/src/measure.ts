import { setTimeout as delay } from 'node:timers/promises';
import { flushGuests, type Lab } from '@quiesce/lab';
import { checkBackup } from './check-backup.js';
import type { Pauses } from './parse-pauses.js';
import { startPauseRecorder } from './pause-recorder.js';
import type { Side } from './sides.js';

/** What was measured of one side in one round. */
export interface Measurement {
  /** By libvirt's own events. */
  readonly pausedMs: Pauses;
  /** From the start of the backup to its end, seen from outside the lab. */
  readonly wallMs: number;
}

/** How long the guests are left alone after the lab was reset, in milliseconds. */
export const settleMs = 15_000;

/**
 * Puts the lab back to where it was made, lets the guests settle, and measures one backup.
 *
 * @throws when the backup failed, or is not one.
 */
export async function measure(lab: Lab, side: Side, signal: AbortSignal): Promise<Measurement> {
  await lab.reset(signal);
  await side.prepare(lab, signal);
  await flushGuests(lab, signal);
  await delay(settleMs, undefined, { signal });
  const recorder = await startPauseRecorder(lab.transport, signal);
  const startedAt = performance.now();
  await side.backup(lab, signal);
  const wallMs = performance.now() - startedAt;
  const pausedMs = await recorder.finish();
  for (const { name } of lab.guests) {
    if (pausedMs[name] === undefined) throw new Error(`${name} was not paused`);
  }
  await checkBackup(lab, signal);
  return { pausedMs, wallMs };
}
