import type { CommandRunner, MethodTable } from '@quiesce/command';
import type { DomainStats } from './domain-stats.js';
import {
  parseVirshDomstate,
  virshDomstateCommand,
  virshDomstateRows,
  type DomstateResult,
  type VirshDomstateOptions,
} from './domstate.js';
import { parseVirshDomstats } from './domstats-parse.js';
import { virshDomstatsCommand, virshDomstatsRows, type VirshDomstatsOptions } from './domstats.js';
import { parseVirshList, virshListCommand, virshListRows, type ListedDomain, type VirshListOptions } from './list.js';

/** The methods of {@link Virsh} that tell how domains are. */
export interface MonitorMethods {
  /**
   * Lists domains: those that run, unless asked for others.
   *
   * @example
   * ```ts
   * for (const { name, uuid } of await virsh.list({ all: true })) console.log(uuid, name);
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#list | virsh(1), list}
   */
  list(options?: VirshListOptions): Promise<ListedDomain[]>;

  /**
   * Tells the state of a domain and why it is in it.
   *
   * @throws {@link DomainNotFoundError}
   *
   * @example
   * ```ts
   * const { state, reason } = await virsh.domstate({ domain: 'MySQL' }); // 'paused', 'user'
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#domstate | virsh(1), domstate}
   */
  domstate(options: VirshDomstateOptions): Promise<DomstateResult>;

  /**
   * Reads statistics of some or all domains in one call.
   *
   * @throws {@link DomainNotFoundError}
   *
   * @example
   * ```ts
   * const [stats] = await virsh.domstats({
   *   domains: ['MySQL'],
   *   groups: ['state', 'block'],
   *   nowait: true,
   * });
   * console.log(stats?.blocks.map(({ target, writeBytes }) => [target, writeBytes]));
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#domstats | virsh(1), domstats}
   */
  domstats(options?: VirshDomstatsOptions): Promise<DomainStats[]>;
}

/** The rows of {@link MonitorMethods}. */
export const monitorTable: MethodTable<MonitorMethods> = {
  list: { command: 'virsh list', rows: virshListRows },
  domstate: { command: 'virsh domstate', rows: virshDomstateRows },
  domstats: { command: 'virsh domstats', rows: virshDomstatsRows },
};

/** Makes {@link MonitorMethods}. */
export function monitorMethods(virsh: CommandRunner): MonitorMethods {
  return {
    list: async (options = {}) => virsh.read(virshListCommand(options), options, parseVirshList),
    domstate: async (options) => virsh.read(virshDomstateCommand(options), options, parseVirshDomstate),
    domstats: async (options = {}) => virsh.read(virshDomstatsCommand(options), options, parseVirshDomstats),
  };
}
