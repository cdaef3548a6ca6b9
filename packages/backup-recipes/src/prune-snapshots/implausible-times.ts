import type { BackupState } from '../target/states.js';
import { timeOfState } from './rank.js';

const remedy = 'It is kept; destroy by hand the one whose time is wrong, when you need it no more';

/**
 * Why the times of some states can't be right: their data are of a time after the snapshot was
 * made, or before that of a snapshot that was made earlier. A clock was wrong. ZFS knows the order
 * of their making without a clock.
 *
 * @param states - The newest first.
 */
export function implausibleTimes(states: readonly BackupState[], now: Date): ReadonlyMap<BackupState, string> {
  const reasons = new Map<BackupState, string>();
  let latest: { readonly at: Date; readonly name: string } | undefined;
  for (const state of states.toReversed()) {
    const { at: runAt, createdAt, snapshot: name } = state;
    const at = timeOfState(state);
    // What is from the future says nothing of what was made after it.
    if (name === undefined || at === undefined || at > now) continue;
    const of = `its data are of ${at.toISOString()}`;
    if (createdAt !== undefined && at > createdAt) {
      reasons.set(state, `${of}, and it was made at ${createdAt.toISOString()}: a clock was wrong. ${remedy}`);
    } else if (latest !== undefined && at < latest.at) {
      const earlier = `those of ${latest.name}, which was made before it, of ${latest.at.toISOString()}`;
      reasons.set(state, `${of}, and ${earlier}: a clock was wrong. ${remedy}`);
    } else if (runAt !== undefined) latest = { at: runAt, name };
  }
  return reasons;
}
