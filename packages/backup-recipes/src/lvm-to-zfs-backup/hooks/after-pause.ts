import { CommandError } from '@quiesce/command';
import type { RunState } from '../run-state.js';

/**
 * Calls the hook after the pause. That one and the one before the copies wait until all guests were
 * seen running.
 */
export async function callAfterPause(state: RunState, settled: Promise<unknown>): Promise<void> {
  const { hooks } = state;
  if (!hooks.has('after', 'pause') && !hooks.has('before', 'copy')) return;
  await settled;
  const isUncertain = state.leftovers.some(({ kind }) => kind === 'domain' || kind === 'unit');
  if (isUncertain || state.domains.some(({ runningAfter }) => runningAfter === false)) {
    throw new CommandError('nothing is copied: not every guest was seen running, and no hook is called before that');
  }
  await hooks.tell('pause');
}
