import { CommandError } from '@quiesce/command';
import { settlesWithin } from './deadline.js';
import { readDomains, standsStill, type DomainFacts } from './domains.js';
import type { Awake } from './resume.js';
import { failAll, type RunState } from './run-state.js';

/** A guest that this run did not pause, because it stood still then, and runs now: nobody knows since when. */
export function requireStill(state: RunState, paused: readonly DomainFacts[], known: Awake['known']): void {
  for (const { name, uuid, state: before } of state.facts.domains.filter((domain) => !paused.includes(domain))) {
    if (known === undefined) {
      const message = `whether ${name} stood still can't be found out: it was ${before} when the run looked at it`;
      state.journal.problem('lvm-snapshot', name, new CommandError(message));
      failAll(state);
      continue;
    }
    const now = known.find((domain) => domain.uuid === uuid);
    if (now === undefined || standsStill(now)) continue;
    const message = `${name} was ${before} when the run looked at it, and is ${now.state} now: its image may not have stood still`;
    state.journal.problem('lvm-snapshot', name, new CommandError(message));
    failAll(state);
  }
}

/** Where no guest ran, none may have begun to. */
export async function checkStill(state: RunState, ended: Promise<void>): Promise<void> {
  if (state.facts.domains.length === 0) return;
  // LVM can hang; what it has not made by then is not copied.
  await settlesWithin(ended, state.options.maximumPauseMs);
  await readDomains(state.clients.virsh, { timeoutMs: 60_000 }).then(
    (known) => {
      requireStill(state, [], known);
    },
    (error: unknown) => {
      state.journal.problem('lvm-snapshot', state.options.domains.join(', '), error);
      failAll(state);
    },
  );
}
