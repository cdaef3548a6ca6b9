import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, ExitError, run } from '@quiesce/command';
import { resumeUnit } from '../../host/units.js';
import { limits } from '../../limits.js';
import type { Finding } from '../finding.js';
import { busyUnits } from '../survey/units.js';
import type { Survey } from '../survey/survey.js';
import type { Undoing } from './undoing.js';

/**
 * How long units that resume guests are waited for, in milliseconds. libvirt lets a pause wait half
 * a minute for its turn.
 */
const waitMs = 60_000;

async function stop({ undo }: Finding, { transport }: Undoing): Promise<void> {
  for (const command of undo) {
    await run(transport, command, { timeoutMs: limits.smallMs }).catch((error: unknown) => {
      if (!ExitError.isInstance(error) || !error.stderr.includes('not loaded')) throw error;
    });
  }
}

/**
 * Ends the units that pause guests. How one ends, its guests are resumed by a unit that it starts
 * then.
 */
export async function stopPauseUnits({ pauseUnits }: Survey, undoing: Undoing): Promise<void> {
  await Promise.all(pauseUnits.map((unit) => undoing.undo('resume', unit, () => stop(unit, undoing))));
}

/**
 * Ends what copies although its run is over: it would write into the next run's copies, and it
 * holds a mount.
 */
export async function stopCopyUnits({ copyUnits }: Survey, undoing: Undoing): Promise<void> {
  await Promise.all(copyUnits.map((unit) => undoing.undo('copy', unit, () => stop(unit, undoing))));
}

/**
 * Waits until the units that resume guests have ended by themselves, also those that the end of a
 * pause has started.
 */
export async function awaitResumeUnits({ pauseUnits, resumeUnits }: Survey, undoing: Undoing): Promise<void> {
  const { signal, transport } = undoing;
  const units = [...new Set([...pauseUnits, ...resumeUnits].map(({ runId }) => resumeUnit(runId)))];
  if (units.length === 0) return;
  const look = async (): Promise<readonly Finding[]> => {
    const call = { signal, timeoutMs: limits.readMs };
    return (await busyUnits(transport, call, units)).resumeUnits;
  };
  const until = performance.now() + waitMs;
  let busy: readonly Finding[];
  try {
    busy = await look();
    while (busy.length > 0 && performance.now() < until) {
      await delay(1000, undefined, { signal });
      busy = await look();
    }
  } catch (cause) {
    // Not known is not over.
    const error = cause instanceof Error ? cause : new Error(String(cause));
    for (const { runId } of [...pauseUnits, ...resumeUnits]) {
      const unit: Finding = { kind: 'unit', name: resumeUnit(runId), runId, undo: [] };
      await undoing.undo('resume', unit, () => Promise.reject(error));
    }
    return;
  }
  const goesOn = ({ name }: Finding): boolean => busy.some((unit) => unit.name === name);
  for (const unit of [...resumeUnits.filter((one) => !goesOn(one)), ...busy]) {
    await undoing.undo('resume', unit, () => {
      if (!goesOn(unit)) return Promise.resolve();
      const reason = `${unit.name} goes on: a guest does not answer, and it is resumed as soon as it does, for up to a day`;
      return Promise.reject(new CommandError(reason));
    });
  }
}
