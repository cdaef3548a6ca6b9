import type { CallOptions, Command } from '@quiesce/command';
import { domstatsCommand, listCommand, parseDomstats, parseList, type BatchResult, type Virsh } from '@quiesce/virsh';

/** One domain of the host. */
export interface DomainFacts {
  readonly name: string;
  readonly uuid: string;
  /** As libvirt names it: `running`, `paused`, `shut off`, …. */
  readonly state: string;
  /** Files and devices that its disks are on, of a domain that is active. */
  readonly disks: readonly string[];
}

/** Whether a domain must be paused for its image to stand still. */
export function isRunning({ state }: Pick<DomainFacts, 'state'>): boolean {
  return state === 'running' || state === 'idle';
}

/** Whether a domain writes nothing to its disks. */
export function standsStill({ state }: Pick<DomainFacts, 'state'>): boolean {
  return ['paused', 'shut off', 'crashed', 'pmsuspended'].includes(state);
}

/** The commands that list all domains of the host with their states, for one connection. */
export function domainCommands(): Command[] {
  // A monitor that hangs must not hold up the other domains.
  return [listCommand({ all: true }), domstatsCommand({ groups: ['state', 'block'], nowait: true })];
}

/**
 * Reads what {@link domainCommands} printed.
 *
 * @throws what one of them failed with.
 */
export function parseDomains([list, stats]: readonly BatchResult[]): DomainFacts[] {
  const error = list?.error ?? stats?.error;
  if (error !== undefined) throw error;
  const found = new Map(parseDomstats(stats?.stdout ?? '').map((domain) => [domain.name, domain]));
  return parseList(list?.stdout ?? '').map(({ name, uuid }) => ({
    name,
    uuid,
    state: found.get(name)?.state?.state ?? 'unknown',
    disks: found.get(name)?.blocks.flatMap(({ path }) => path ?? []) ?? [],
  }));
}

/** Reads all domains of the host with their states, over one connection. */
export async function readDomains(virsh: Virsh, call: CallOptions): Promise<DomainFacts[]> {
  return parseDomains(await virsh.batch({ ...call, commands: domainCommands() }));
}

/** What can be told of a guest beforehand: whether it must be paused, or stands still. */
export function domainProblem({ state }: DomainFacts): string | undefined {
  if (!['unknown', 'no state', 'in shutdown'].includes(state)) return undefined;
  return `its state is "${state}", so it is not known whether its image stands still: run again when it runs or is shut off`;
}
