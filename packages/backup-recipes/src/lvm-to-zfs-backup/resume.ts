import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, toShell, type Command } from '@quiesce/command';
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
  /** When that was, as of `performance.now()`. */
  readonly at: number;
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
    return { known: parseDomains(outcomes.slice(domains.length)), at: performance.now(), alreadyRunning };
  } catch (error) {
    journal.problem('resume', subject, error, false);
    return { known: undefined, at: performance.now(), alreadyRunning: [] };
  }
}

/** Resumes domains, whatever happened, and reads their states. It is one connection for all of them. */
export async function resume(state: RunState, domains: readonly DomainFacts[]): Promise<Resumed> {
  const subject = domains.map(({ name }) => name).join(', ') || 'none was paused';
  return state.journal.step('resume', subject, () => tryToResume(state, domains));
}

/** Notes domains that may be paused still, with what to type. */
export function leaveDomains({ leftovers }: Pick<RunState, 'leftovers'>, domains: readonly DomainFacts[]): void {
  for (const { name, uuid } of domains) {
    if (leftovers.some((left) => left.kind === 'domain' && left.name === name)) continue;
    leftovers.push({ kind: 'domain', name, remedy: toShell(resumeCommand({ domain: uuid })) });
  }
}

/** What is known of domains in the end. */
export interface Awake {
  /** Those that are seen running, and when they first were, as of `performance.now()`. */
  readonly awakeAt: ReadonlyMap<DomainFacts, number>;
  /** The states of the host's domains; undefined where they can't be found out. */
  readonly known: Known;
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
  { known, at }: Pick<Resumed, 'known' | 'at'>,
): Promise<Awake> {
  const { journal } = state;
  let now = known;
  const awakeAt = new Map<DomainFacts, number>();
  const note = (when: number): void => {
    for (const domain of domains) {
      if (isRunning({ state: stateOf(domain, now) })) awakeAt.set(domain, awakeAt.get(domain) ?? when);
    }
  };
  const paused = (): DomainFacts[] => domains.filter((domain) => ['paused', 'unknown'].includes(stateOf(domain, now)));
  note(at);
  for (const waitMs of waitsMs) {
    if (paused().length === 0) break;
    await delay(waitMs);
    const tried = await tryToResume(state, paused());
    now = tried.known;
    note(tried.at);
  }
  const awake = domains.filter((domain) => isRunning({ state: stateOf(domain, now) }));
  for (const domain of domains.filter((one) => !awake.includes(one))) {
    const { name } = domain;
    if (paused().includes(domain)) {
      const error = new CommandError(`${name} is still paused, or it can't be found out: resume it by hand`);
      journal.problem('resume', name, error);
      leaveDomains(state, [domain]);
    } else {
      const error = new CommandError(`${name} ran before it was paused, and is ${stateOf(domain, now)} now`);
      journal.problem('resume', name, error);
    }
  }
  return {
    awakeAt: new Map([...awakeAt].filter(([domain]) => awake.includes(domain))),
    known: now,
    allResumed: paused().length === 0,
  };
}
