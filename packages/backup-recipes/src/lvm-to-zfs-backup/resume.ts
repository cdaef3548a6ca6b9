import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, type Command } from '@quiesce/command';
import { DomainStateError, resumeCommand } from '@quiesce/virsh';
import { domainCommands, isRunning, parseDomains, readDomains, type DomainFacts } from './domains.js';
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

/** Resumes domains, whatever happened, and reads their states. It is one connection for all of them. */
export async function resume({ clients, journal }: RunState, domains: readonly DomainFacts[]): Promise<Resumed> {
  const subject = domains.map(({ name }) => name).join(', ');
  const alreadyRunning: DomainFacts[] = [];
  let known: Known;
  await journal.attempt('resume', subject, async () => {
    const commands = [...resumeCommands(domains), ...domainCommands()];
    // A connection to libvirt that hangs must not keep us from trying again.
    const outcomes = await clients.virsh.batch({ commands, timeoutMs: 10_000 }).catch((error: unknown) => {
      journal.problem('resume', subject, error, false);
      return undefined;
    });
    for (const [index, domain] of domains.entries()) {
      const error = outcomes?.[index]?.error;
      if (DomainStateError.isInstance(error) && error.stateReason.includes('running')) alreadyRunning.push(domain);
      else if (error !== undefined) journal.problem('resume', domain.name, error, false);
    }
    known = outcomes === undefined ? undefined : readable(() => parseDomains(outcomes.slice(domains.length)));
  });
  return { known, alreadyRunning };
}

function readable<Value>(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

/** What is known of domains in the end. */
export interface Awake {
  /** Those that are seen running. */
  readonly awake: ReadonlySet<DomainFacts>;
  /** None is paused any longer. */
  readonly allResumed: boolean;
}

/**
 * Sees to it that domains run again, and goes on trying for half a minute where they are paused or it can't be found out.
 */
export async function requireResumed(
  state: RunState,
  domains: readonly DomainFacts[],
  { known }: Pick<Resumed, 'known'>,
): Promise<Awake> {
  const { clients, journal, leftovers } = state;
  let now = known;
  const paused = (): DomainFacts[] =>
    domains.filter((domain) => ['paused', 'unknown'].includes(stateOf(domain, now)));
  for (const waitMs of waitsMs) {
    if (paused().length === 0) break;
    await delay(waitMs);
    for (const { name, uuid } of paused()) {
      await clients.virsh.resume({ domain: uuid, timeoutMs: 10_000 }).catch((error: unknown) => {
        if (!DomainStateError.isInstance(error)) journal.problem('resume', name, error, false);
      });
    }
    now = await readDomains(clients.virsh, { timeoutMs: 10_000 }).catch(() => undefined);
  }
  const awake = domains.filter((domain) => isRunning({ ...domain, state: stateOf(domain, now) }));
  for (const domain of domains.filter((one) => !awake.includes(one))) {
    const { name } = domain;
    const found = stateOf(domain, now);
    if (paused().includes(domain)) {
      const error = new CommandError(`${name} is still paused, or it can't be found out: resume it by hand`);
      journal.problem('resume', name, error);
      leftovers.push({ kind: 'domain', name, remedy: `virsh resume ${name}` });
    } else {
      journal.problem('resume', name, new CommandError(`${name} ran before it was paused, and is ${found} now`));
    }
  }
  return { awake: new Set(awake), allResumed: paused().length === 0 };
}
