import type { Transport } from '@quiesce/command';
import type { Survey } from '../survey/survey.js';
import { removeBootThings } from './boot-tests.js';
import { removeThings } from './remove.js';
import { resumeDomains } from './resume.js';
import { Undoing, type Attempt } from './undoing.js';
import { awaitResumeUnits, stopCopyUnits, stopPauseUnits } from './units.js';

/** What {@link undoAll} works with. */
export interface UndoOptions {
  readonly transport: Transport;
  readonly signal: AbortSignal;
  /** Does and notes each step. */
  readonly attempt: Attempt;
}

/**
 * Undoes all that was found, the guests first. What fails stops nothing else, and what somebody
 * else has undone is good. The host's lock must be held.
 */
export async function undoAll(found: Survey, { transport, signal, attempt }: UndoOptions): Promise<Undoing> {
  const undoing = new Undoing(transport, signal, attempt);
  await stopPauseUnits(found, undoing);
  await resumeDomains(found, undoing);
  await awaitResumeUnits(found, undoing);
  await stopCopyUnits(found, undoing);
  await removeThings(found, undoing);
  await removeBootThings(found, undoing);
  return undoing;
}
