import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { domainRow } from '../names.js';

/**
 * Groups of statistics that {@link Virsh.domstats} can ask for. Only some have typed fields; all
 * are in `raw`.
 */
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
export interface VirshDomstatsOptions extends CallOptions {
  /**
   * Names or UUIDs of the domains.
   * @default all
   */
  readonly domains?: string | readonly string[];
  /** Only domains that fit, in place of `domains`. */
  readonly filters?: DomstatsFilter | readonly DomstatsFilter[];
  /**
   * Groups to report.
   * @default all that the hypervisor has
   */
  readonly groups?: DomstatsGroup | readonly DomstatsGroup[];
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

/** The words of {@link VirshDomstatsOptions}. */
export const virshDomstatsRows: Rows<VirshDomstatsOptions> = {
  groups: {
    kind: 'one-or-many',
    option: '--',
    each: {
      kind: 'choice',
      // prettier-ignore
      values: [
        'state', 'cpu-total', 'balloon', 'vcpu', 'interface', 'block', 'perf', 'iothread', 'memory', 'dirtyrate', 'vm',
      ],
    },
  },
  filters: {
    kind: 'one-or-many',
    option: '--list-',
    each: {
      kind: 'choice',
      values: ['active', 'inactive', 'persistent', 'transient', 'running', 'paused', 'shutoff', 'other'],
    },
  },
  backing: { kind: 'flag', option: '--backing' },
  nowait: { kind: 'flag', option: '--nowait' },
  enforce: { kind: 'flag', option: '--enforce' },
  domains: { kind: 'one-or-many', option: domainRow.option, each: domainRow },
};

/** Builds the command of {@link Virsh.domstats}. See virsh(1), `domstats`. */
export function virshDomstatsCommand(options: VirshDomstatsOptions = {}): Command {
  const checked = checkOptions<VirshDomstatsOptions>(virshDomstatsRows, options);
  const { domains, filters } = checked;
  if (domains !== undefined && filters !== undefined) {
    throw new InvalidArgumentError({ argument: 'filters', value: filters, expected: 'none beside domains' });
  }
  return createCommand('virsh', ['domstats', '--raw', ...argumentWords(virshDomstatsRows, checked)], {
    effect: 'read',
  });
}
