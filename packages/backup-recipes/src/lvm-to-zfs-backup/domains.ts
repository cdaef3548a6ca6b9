import type { CallOptions } from '@quiesce/command';
import type { Virsh } from '@quiesce/virsh';

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

/** Reads all domains of the host with their states. */
export async function readDomains(virsh: Virsh, call: CallOptions): Promise<DomainFacts[]> {
  const [listed, stats] = await Promise.all([
    virsh.list({ ...call, all: true }),
    virsh.domstats({ ...call, groups: ['state'] }),
  ]);
  const states = new Map(stats.map(({ domain, state }) => [domain, state?.state]));
  return listed.map(({ name, uuid }) => ({ name, uuid, state: states.get(name) ?? 'unknown' }));
}
