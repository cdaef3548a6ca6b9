import { CommandError } from '@quiesce/command';
import { settlesWithin } from './deadline.js';
import type { DomainFacts } from './domains.js';
import type { Pause } from './pause.js';
import { leaveDomains, requireResumed } from './resume.js';
import type { RunState } from './run-state.js';
import { requireStill } from './still.js';
import { disarmWatchdog, leaveWatchdog } from './watchdog.js';

/** Sees that the guests run, and takes the watchdog away that would have resumed them. */
export async function checkResumed(
  state: RunState,
  running: readonly DomainFacts[],
  { flushed, pause }: { flushed: ReadonlySet<DomainFacts>; pause: Pause },
): Promise<void> {
  const { startedAt, resumed, suspended, suspending, late } = pause;
  let { awakeAt, allResumed, known } = await requireResumed(state, suspended.domains, resumed);
  if (late) {
    // What waited to pause a guest may have done it after it was resumed, whatever its state was then. libvirt lets it wait
    // for half a minute.
    if (await settlesWithin(suspending, 40_000)) {
      ({ awakeAt, allResumed, known } = await requireResumed(state, suspended.domains, { known: undefined, at: 0 }));
    } else {
      allResumed = false;
      const message = 'no answer from virsh, which was told to pause the guests and may do so still: see that they run';
      state.journal.problem('suspend', running.map(({ name }) => name).join(', '), new CommandError(message));
      leaveDomains(state, running);
    }
  }
  requireStill(state, suspended.domains, known);
  if (allResumed) await disarmWatchdog(state);
  else leaveWatchdog(state);
  state.domains = state.facts.domains.map((domain) => {
    const paused = suspended.domains.includes(domain);
    const at = awakeAt.get(domain);
    return {
      name: domain.name,
      stateBefore: domain.state,
      flushed: flushed.has(domain),
      suspended: paused,
      pausedMs: paused && at !== undefined ? Math.round(at - startedAt) : undefined,
      runningAfter: paused ? at !== undefined : undefined,
    };
  });
}
