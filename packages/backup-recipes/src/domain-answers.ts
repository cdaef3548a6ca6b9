import { CommandError, type CallOptions } from '@quiesce/command';
import {
  parseVirshDomstate,
  virshDomstateCommand,
  type BatchCommand,
  type BatchOutcome,
  type DomstateResult,
  type Virsh,
} from '@quiesce/virsh';
import { batches } from './batches.js';
import { readMark, type PauseMark } from './pause-mark.js';

/** What libvirt says of a domain that a run may have paused. */
export interface DomainAnswer<Domain> {
  readonly domain: Domain;
  readonly state: BatchOutcome<DomstateResult>;
  readonly mark: BatchOutcome<PauseMark | undefined>;
}

/** Reads the state of a domain. */
export function readState({ domain }: { domain: string }): BatchCommand<DomstateResult> {
  return { command: virshDomstateCommand({ domain }), parse: parseVirshDomstate };
}

/** Asks for the state of each domain and for the mark that it carries, over one connection. */
export async function askDomains<Domain extends { readonly uuid: string }>(
  virsh: Virsh,
  domains: readonly Domain[],
  call: CallOptions,
): Promise<DomainAnswer<Domain>[]> {
  const [states, marks] = await batches(
    virsh,
    [domains.map(({ uuid }) => readState({ domain: uuid })), domains.map(({ uuid }) => readMark({ domain: uuid }))],
    call,
  );
  return domains.map((domain, index) => {
    const [state, mark] = [states[index], marks[index]];
    // Nothing that is not known may be taken for a domain without a mark.
    if (state === undefined || mark === undefined || state.status === 'not run' || mark.status === 'not run') {
      throw new CommandError(`libvirt gave no answer for the domain ${domain.uuid}`);
    }
    return { domain, state, mark };
  });
}
