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
import {
  parseVirshDomtime,
  virshDomtimeCommand,
  virshDomtimeRows,
  virshDomtimeSetCommand,
  virshDomtimeSetRows,
  type VirshDomtimeOptions,
  type VirshDomtimeSetOptions,
} from './domtime.js';
import { parseVirshList, virshListCommand, virshListRows, type ListedDomain, type VirshListOptions } from './list.js';

/** The methods of {@link Virsh} that tell how domains are, and set their clocks. */
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

  /**
   * Reads the clock of a guest, to the second. Its guest agent tells it.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} when it does not run, or is paused.
   * @throws {@link GuestAgentError} when it has no guest agent, or none that answers.
   * @throws {@link DomainLockedError} when another job holds it for 30 seconds.
   *
   * @example
   * ```ts
   * const behindMs = Date.now() - (await virsh.domtime({ domain: 'MySQL' })).getTime();
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#domtime | virsh(1), domtime}
   */
  domtime(options: VirshDomtimeOptions): Promise<Date>;

  /**
   * Sets the clock of a guest, as after a long pause. Its guest agent does it.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} when it is paused.
   * @throws {@link GuestAgentError} when it has no guest agent, or none that answers.
   * @throws {@link DomainLockedError} when another job holds it for 30 seconds.
   * @throws {@link VirshError} when it does not run: libvirt says then that QEMU can't do it.
   *
   * @example
   * ```ts
   * await virsh.setDomtime({ domain: 'MySQL', now: true });
   * await virsh.setDomtime({ domain: 'MySQL', time: new Date('2030-01-01T00:00:00Z') });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#domtime | virsh(1), domtime}
   */
  setDomtime(options: VirshDomtimeSetOptions): Promise<void>;
}

/** The rows of {@link MonitorMethods}. */
export const monitorTable: MethodTable<MonitorMethods> = {
  list: { command: 'virsh list', rows: virshListRows },
  domstate: { command: 'virsh domstate', rows: virshDomstateRows },
  domstats: { command: 'virsh domstats', rows: virshDomstatsRows },
  domtime: { command: 'virsh domtime', rows: virshDomtimeRows },
  setDomtime: { command: 'virsh domtime', rows: virshDomtimeSetRows },
};

/** Makes {@link MonitorMethods}. */
export function monitorMethods(virsh: CommandRunner): MonitorMethods {
  return {
    list: async (options = {}) => virsh.read(virshListCommand(options), options, parseVirshList),
    domstate: async (options) => virsh.read(virshDomstateCommand(options), options, parseVirshDomstate),
    domstats: async (options = {}) => virsh.read(virshDomstatsCommand(options), options, parseVirshDomstats),
    domtime: async (options) => virsh.read(virshDomtimeCommand(options), options, parseVirshDomtime),
    setDomtime: async (options) => virsh.perform(virshDomtimeSetCommand(options), options),
  };
}
