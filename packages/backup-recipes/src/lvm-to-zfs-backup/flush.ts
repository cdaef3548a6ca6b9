import { setTimeout as delay } from 'node:timers/promises';
import { run, type Command } from '@quiesce/command';
import { sendKeyCommand, type LinuxKey } from '@quiesce/virsh';
import { syncCommand } from '../host/flush.js';
import type { DomainFacts } from './domains.js';
import type { RunState } from './run-state.js';

/** Alt+SysRq+S: a Linux guest writes out its buffers. */
export const emergencySync: readonly LinuxKey[] = ['KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S'];

/** The commands that tell guests to write out their buffers. */
function flushCommands(domains: readonly DomainFacts[]): Command[] {
  return domains.map(({ uuid }) => sendKeyCommand({ domain: uuid, keys: emergencySync }));
}

/**
 * Tells the guests to write out their buffers, gives them time for it, and writes out the host's. A guest that can't be
 * told is noted: its image is then as after a loss of power, which is less than was promised.
 *
 * @throws where libvirt does not answer, which would not resume a guest either.
 * @returns the domains that were told.
 */
export async function flush(state: RunState, running: readonly DomainFacts[]): Promise<ReadonlySet<DomainFacts>> {
  const { clients, journal, options, transport } = state;
  const flushed = new Set<DomainFacts>();
  await journal.step('flush', running.map(({ name }) => name).join(', '), async () => {
    const outcomes = await clients.virsh.batch({ commands: flushCommands(running), timeoutMs: 60_000 });
    for (const [index, domain] of running.entries()) {
      const error = outcomes[index]?.error;
      if (error === undefined) flushed.add(domain);
      else journal.problem('flush', domain.name, error);
    }
    await delay(options.settleMs);
    await run(transport, syncCommand());
  });
  return flushed;
}
