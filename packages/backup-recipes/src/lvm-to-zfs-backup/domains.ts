import type { CallOptions, Command } from '@quiesce/command';
import { domstatsCommand, listCommand, parseDomstats, parseList, type BatchResult, type Virsh } from '@quiesce/virsh';

/** One domain of the host. */
export interface DomainFacts {
  readonly name: string;
  readonly uuid: string;
  /** As libvirt names it: `running`, `paused`, `shut off`, …. */
  readonly state: string;
}

/** Whether a domain must be paused for its image to stand still. */
export function isRunning({ state }: DomainFacts): boolean {
  return state === 'running' || state === 'idle';
}

/** The commands that list all domains of the host with their states, for one connection. */
export function domainCommands(): Command[] {
  return [listCommand({ all: true }), domstatsCommand({ groups: ['state'] })];
}

/**
 * Reads what {@link domainCommands} printed.
 *
 * @throws what one of them failed with.
 */
export function parseDomains([list, stats]: readonly BatchResult[]): DomainFacts[] {
  const error = list?.error ?? stats?.error;
  if (error !== undefined) throw error;
  const states = new Map(parseDomstats(stats?.stdout ?? '').map(({ name, state }) => [name, state?.state]));
  return parseList(list?.stdout ?? '').map(({ name, uuid }) => ({ name, uuid, state: states.get(name) ?? 'unknown' }));
}

/** Reads all domains of the host with their states, over one connection. */
export async function readDomains(virsh: Virsh, call: CallOptions): Promise<DomainFacts[]> {
  return parseDomains(await virsh.batch({ ...call, commands: domainCommands() }));
}
