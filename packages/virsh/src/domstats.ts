import { createCommand, InvalidArgumentError, type CallOptions, type Command } from '@quiesce/command';
import { domainArgument } from './names.js';

/** Groups of statistics that {@link Virsh.domstats} can ask for. Only some have typed fields; all are in `raw`. */
export type DomstatsGroup =
  | 'state'
  | 'cpu-total'
  | 'balloon'
  | 'vcpu'
  | 'interface'
  | 'block'
  | 'perf'
  | 'iothread'
  | 'memory'
  | 'dirtyrate'
  | 'vm';

/** Which domains {@link Virsh.domstats} reports when none are named. */
export type DomstatsFilter =
  'active' | 'inactive' | 'persistent' | 'transient' | 'running' | 'paused' | 'shutoff' | 'other';

/** What {@link Virsh.domstats} takes. */
export interface DomstatsOptions extends CallOptions {
  /**
   * Names or UUIDs of the domains.
   * @default all
   */
  readonly domains?: readonly string[];
  /** Only domains that fit, in place of `domains`. */
  readonly filters?: readonly DomstatsFilter[];
  /**
   * Groups to report.
   * @default all that the hypervisor has
   */
  readonly groups?: readonly DomstatsGroup[];
  /**
   * Reports each image of a disk's backing chain as a block of its own.
   * @default false
   */
  readonly backing?: boolean;
  /**
   * Leaves out what would have to wait for another job of the domain, so that the call can't hang.
   * @default false
   */
  readonly nowait?: boolean;
  /**
   * Fails where the hypervisor does not have one of the groups.
   * @default false
   */
  readonly enforce?: boolean;
}

/** Builds the command of {@link Virsh.domstats}. See virsh(1), `domstats`. */
export function domstatsCommand(options: DomstatsOptions = {}): Command {
  const { domains = [], filters = [], groups = [], backing, nowait, enforce } = options;
  if (domains.length > 0 && filters.length > 0) {
    throw new InvalidArgumentError({ argument: 'filters', value: filters.join(), expected: 'none beside domains' });
  }
  const words = [
    ...groups.map((group) => `--${group}`),
    ...filters.map((filter) => `--list-${filter}`),
    ...(backing === true ? ['--backing'] : []),
    ...(nowait === true ? ['--nowait'] : []),
    ...(enforce === true ? ['--enforce'] : []),
    ...domains.map((domain, index) => domainArgument(`domains[${index}]`, domain)),
  ];
  return createCommand('virsh', ['domstats', '--raw', ...words], { effect: 'read' });
}
