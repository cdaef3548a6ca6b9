import type { ListedBackup, ListedGuest } from '../list-backups/report.js';
import { PreflightError } from '../preflight-error.js';
import { runOfBootName } from './names.js';
import type { ResolvedBootOptions } from './options.js';

/** A state of a target, and the guest in it. */
export interface ChosenState {
  readonly state: ListedBackup;
  readonly guest: ListedGuest;
}

function refuse(option: string, value: string, problem: string): never {
  throw new PreflightError([{ option, value, problem }]);
}

function whatIsWrong({ images }: ListedGuest): string {
  if (images.length === 0) return 'none of its images is in the backup';
  const missing = images.filter(({ sizeBytes }) => sizeBytes === undefined).map(({ at }) => `${at} is missing`);
  const torn = images
    .filter(({ complete, sizeBytes }) => !complete && sizeBytes !== undefined)
    .map(({ at }) => `not every byte of ${at} is there`);
  const runs = [...new Set(images.map(({ runId }) => runId ?? 'none'))];
  const mixed = runs.length > 1 ? [`its images are of several runs: ${runs.join(', ')}`] : [];
  return [...missing, ...torn, ...mixed].join('; ');
}

/**
 * The state of a target that a guest is started from.
 *
 * @throws {@link PreflightError} where there is none.
 */
export function chooseState(
  { backup, guest: name, incomplete, target }: Omit<ResolvedBootOptions, 'transport'>,
  states: readonly ListedBackup[],
): ChosenState {
  const [now] = states;
  if (now?.folder === undefined) {
    refuse('target', target, `it is not mounted, so nothing in it can be read: zfs mount ${target}`);
  }
  const inOf = (state: ListedBackup): ChosenState[] =>
    state.guests.filter((guest) => guest.name === name).map((guest) => ({ state, guest }));
  const value = backup instanceof Date ? backup.toISOString() : (backup ?? 'newest complete');
  if (typeof backup === 'string') {
    const state = backup === 'now' ? now : states.find(({ snapshot }) => snapshot === backup);
    if (state === undefined) refuse('backup', value, 'there is no such snapshot: see listBackups');
    const [chosen] = inOf(state);
    if (chosen === undefined) {
      const there = state.guests.map((guest) => guest.name).join(', ');
      refuse('guest', name, `not in that backup: ${there === '' ? 'no guest is' : `there are ${there}`}`);
    }
    if (incomplete === 'refuse' && !chosen.guest.complete) refuse('backup', value, whatIsWrong(chosen.guest));
    return chosen;
  }
  const found = states
    // What another test has made for itself goes with it.
    .filter(({ snapshot }) => runOfBootName(snapshot?.split('@')[1] ?? '') === undefined)
    .filter(({ at }) => backup === undefined || (at !== undefined && at <= backup))
    .flatMap(inOf);
  // The newest come first.
  const chosen = found.find(({ guest }) => guest.complete) ?? (incomplete === 'allow' ? found[0] : undefined);
  if (chosen !== undefined) return chosen;
  const [first] = found;
  if (first === undefined) refuse('guest', name, 'in no backup that was asked for: see listBackups');
  refuse('backup', value, `none is complete; of the newest with ${name}: ${whatIsWrong(first.guest)}`);
}
