import type { BackupState } from '../target/states.js';

/** When the run was whose data a state holds, or when its snapshot was made. */
export function timeOfState({ at, createdAt }: BackupState): Date | undefined {
  return at ?? createdAt;
}

/** Whether a state can be restored from, by all that is known. */
export function isSound({ complete, verified }: BackupState): boolean {
  return complete === true && verified?.outcome !== 'damaged';
}

/** How good a state is: 0 is the best. */
export function rankOf(state: BackupState): number {
  // It holds nothing that can be restored, as what is there before the first run.
  if (state.runId === undefined) return 5;
  if (state.verified?.outcome === 'damaged') return 4;
  if (!isSound(state)) return 3;
  if (state.verified === undefined) return 2;
  return state.verified.outcome === 'whole' ? 0 : 1;
}
