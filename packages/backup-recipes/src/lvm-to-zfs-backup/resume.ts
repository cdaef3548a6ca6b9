import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, type Command } from '@quiesce/command';
import { resumeCommand } from '@quiesce/virsh';
import { readDomains, type DomainFacts } from './domains.js';
import type { RunState } from './run-state.js';

/** The commands that resume domains. */
export function resumeCommands(domains: readonly DomainFacts[]): Command[] {
  return domains.map(({ uuid }) => resumeCommand({ domain: uuid }));
}

const waitsMs = [0, 500, 1000, 2000, 4000, 8000, 16_000];

/** The domains that are paused still, or all of them where that can't be found out. */
async function stillPaused({ clients }: RunState, domains: readonly DomainFacts[]): Promise<DomainFacts[]> {
  const now = await readDomains(clients.virsh, { timeoutMs: 10_000 }).catch(() => undefined);
  const paused = (uuid: string): boolean =>
    now?.some((found) => found.uuid === uuid && found.state === 'paused') ?? true;
  return domains.filter(({ uuid }) => paused(uuid));
}

/** Resumes domains, whatever happened. The first try is one connection for all of them. */
export async function resume({ clients, journal }: RunState, domains: readonly DomainFacts[]): Promise<void> {
  await journal.attempt('resume', domains.map(({ name }) => name).join(', '), async () => {
    // A connection to libvirt that hangs must not keep us from trying again.
    await clients.virsh.batch({ commands: resumeCommands(domains), timeoutMs: 10_000 }).catch((error: unknown) => {
      journal.problem('resume', domains.map(({ name }) => name).join(', '), error, false);
    });
  });
}

/**
 * Looks whether domains run again, and goes on trying for half a minute where they don't.
 *
 * @returns those that are seen not to be paused.
 */
export async function requireResumed(state: RunState, domains: readonly DomainFacts[]): Promise<Set<DomainFacts>> {
  const { clients, journal, leftovers } = state;
  let paused = await stillPaused(state, domains);
  for (const waitMs of waitsMs) {
    if (paused.length === 0) break;
    await delay(waitMs);
    for (const { name, uuid } of paused) {
      await clients.virsh.resume({ domain: uuid, timeoutMs: 10_000 }).catch((error: unknown) => {
        journal.problem('resume', name, error, false);
      });
    }
    paused = await stillPaused(state, paused);
  }
  for (const { name } of paused) {
    journal.problem(
      'resume',
      name,
      new CommandError(`${name} is still paused, or it can't be found out: resume it by hand`),
    );
    leftovers.push({ kind: 'domain', name, remedy: `virsh resume ${name}` });
  }
  return new Set(domains.filter((domain) => !paused.includes(domain)));
}
