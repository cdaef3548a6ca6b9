import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, type Command } from '@quiesce/command';
import { DomainStateError, resumeCommand } from '@quiesce/virsh';
import { domainCommands, isRunning, parseDomains, type DomainFacts } from './domains.js';
import type { RunState } from './run-state.js';

/** The commands that resume domains. */
export function resumeCommands(domains: readonly DomainFacts[]): Command[] {
  return domains.map(({ uuid }) => resumeCommand({ domain: uuid }));
}

const waitsMs = [0, 500, 1000, 2000, 4000, 8000, 16_000];

/** What is known of the host's domains; undefined where it can't be found out. */
type Known = readonly DomainFacts[] | undefined;

function stateOf({ uuid }: DomainFacts, known: Known): string {
  return known === undefined ? 'unknown' : (known.find((found) => found.uuid === uuid)?.state ?? 'gone');
}

/** What the first try to resume domains found. */
export interface Resumed {
  /** The states of the host's domains right afterwards. */
  readonly known: Known;
  /** Domains that were not paused any longer. */
  readonly alreadyRunning: readonly DomainFacts[];
}

async function tryToResume({ clients, journal }: RunState, domains: readonly DomainFacts[]): Promise<Resumed> {
  const subject = domains.map(({ name }) => name).join(', ');
  try {
    const commands = [...resumeCommands(domains), ...domainCommands()];
    // A connection to libvirt that hangs must not keep us from trying again.
    const outcomes = await clients.virsh.batch({ commands, timeoutMs: 10_000 });
    const alreadyRunning: DomainFacts[] = [];
    for (const [index, domain] of domains.entries()) {
      const error = outcomes[index]?.error;
      if (DomainStateError.isInstance(error) && error.stateReason.includes('running')) alreadyRunning.push(domain);
      else if (error !== undefined) journal.problem('resume', domain.name, error, false);
    }
    return { known: parseDomains(outcomes.slice(domains.length)), alreadyRunning };
  } catch (error) {
    journal.problem('resume', subject, error, false);
    return { known: undefined, alreadyRunning: [] };
  }
}

/** Resumes domains, whatever happened, and reads their states. It is one connection for all of them. */
export async function resume(state: RunState, domains: readonly DomainFacts[]): Promise<Resumed> {
  const subject = domains.map(({ name }) => name).join(', ');
  return state.journal.step('resume', subject, () => tryToResume(state, domains));
}

/** What is known of domains in the end. */
export interface Awake {
  /** Those that are seen running. */
  readonly awake: ReadonlySet<DomainFacts>;
  /** None is paused any longer. */
  readonly allResumed: boolean;
}

/**
 * Sees to it that domains run again, and goes on trying for half a minute and more where they are paused or it can't be
 * found out.
 */
export async function requireResumed(
  state: RunState,
  domains: readonly DomainFacts[],
  { known }: Pick<Resumed, 'known'>,
): Promise<Awake> {
  const { journal, leftovers } = state;
  let now = known;
  const paused = (): DomainFacts[] => domains.filter((domain) => ['paused', 'unknown'].includes(stateOf(domain, now)));
  for (const waitMs of waitsMs) {
    if (paused().length === 0) break;
    await delay(waitMs);
    now = (await tryToResume(state, paused())).known;
  }
  const awake = domains.filter((domain) => isRunning({ state: stateOf(domain, now) }));
  for (const domain of domains.filter((one) => !awake.includes(one))) {
    const { name } = domain;
    if (paused().includes(domain)) {
      const error = new CommandError(`${name} is still paused, or it can't be found out: resume it by hand`);
      journal.problem('resume', name, error);
      leftovers.push({ kind: 'domain', name, remedy: `virsh resume ${name}` });
    } else {
      const error = new CommandError(`${name} ran before it was paused, and is ${stateOf(domain, now)} now`);
      journal.problem('resume', name, error);
    }
  }
  return { awake: new Set(awake), allResumed: paused().length === 0 };
}
