import { CommandError, run, type Command, type CommandOutput } from '@quiesce/command';
import {
  createVirsh,
  DomainNotFoundError,
  DomainStateError,
  MetadataNotFoundError,
  virshErrors,
  type Virsh,
} from '@quiesce/virsh';
import { batches } from '../../batches.js';
import { beside } from '../../beside.js';
import { askDomains, type DomainAnswer } from '../../domain-answers.js';
import { isRunning } from '../../domains.js';
import { unmarkCommand } from '../../pause-mark.js';
import { over } from '../../over.js';
import { killableResumeCommand } from '../survey/domain-finding.js';
import type { MarkedDomain } from '../survey/domains.js';
import type { Survey } from '../survey/survey.js';
import type { Undoing } from './undoing.js';

/**
 * How long libvirt may take, in milliseconds: for all domains together, to look at one, and to
 * change one.
 */
const limitsMs = {
  together: 20_000,
  look: 10_000,
  // A domain whose monitor hangs is given up by libvirt itself after 30 seconds.
  change: 45_000,
};

/**
 * The state of a domain while it carries the mark of that run, asked right before something is done
 * with it: the survey may be a minute old. Undefined where nothing of the run is left on it, and a
 * failure where libvirt did not tell.
 */
function stateIfMarked({
  domain: { finding },
  mark,
  state,
}: DomainAnswer<MarkedDomain>): string | undefined | { readonly failure: unknown } {
  const failure = state.error ?? (MetadataNotFoundError.isInstance(mark.error) ? undefined : mark.error);
  // A domain that has ended took its mark along.
  if (DomainStateError.isInstance(failure)) return undefined;
  if (failure !== undefined) return { failure };
  return mark.value?.runId === finding.runId ? state.value?.state : undefined;
}

/**
 * Resumes those that are still paused over one connection. One of them that does not answer may
 * keep all from it.
 */
async function resumeTogether(
  domains: readonly MarkedDomain[],
  connectUri: string,
  { signal, transport }: Undoing,
): Promise<void> {
  if (domains.length === 0) return;
  const virsh = createVirsh({ transport, connectUri });
  const call = { signal, timeoutMs: limitsMs.together };
  try {
    const answers = await askDomains(virsh, domains, call);
    const paused = answers.filter((answer) => stateIfMarked(answer) === 'paused');
    if (paused.length === 0) return;
    await batches(virsh, [paused.map(({ domain }) => killableResumeCommand({ domain: domain.uuid }))], call);
  } catch {
    // Each is looked at alone afterwards, and what is wrong is told then.
  }
}

/** Works with one domain that may be gone: then there is nothing more to do. */
async function whereThere<Value>(
  virsh: Virsh,
  { uuid }: MarkedDomain,
  { signal }: Undoing,
  body: () => Promise<Value>,
): Promise<Value | undefined> {
  return body().catch(async (error: unknown) => {
    if (!DomainNotFoundError.isInstance(error)) throw error;
    // virsh says so too where libvirt has just gone. Only a list without the domain tells that it
    // has gone.
    const listed = await virsh.list({ all: true, signal, timeoutMs: limitsMs.look });
    if (listed.some((domain) => domain.uuid === uuid)) throw error;
    return undefined;
  });
}

/** Sees to it that a domain runs if it carries the mark of the run, and takes the mark from it. */
async function seeThrough(domain: MarkedDomain, connectUri: string, undoing: Undoing): Promise<void> {
  const { signal, transport } = undoing;
  const virsh = createVirsh({ transport, connectUri });
  const stateNow = (): Promise<string | undefined> =>
    whereThere(virsh, domain, undoing, async () => {
      const [answer] = await askDomains(virsh, [domain], { signal, timeoutMs: limitsMs.look });
      if (answer === undefined) throw new CommandError(`libvirt gave no answer for ${domain.finding.name}`);
      const state = stateIfMarked(answer);
      if (typeof state === 'object') throw state.failure;
      return state;
    });
  const change = (command: Command): Promise<CommandOutput | undefined> =>
    whereThere(virsh, domain, undoing, () =>
      run(transport, over(connectUri, command), { signal, timeoutMs: limitsMs.change, errors: virshErrors }),
    );
  let state = await stateNow();
  if (state === 'paused') {
    const isThere = await change(killableResumeCommand({ domain: domain.uuid })).then(
      (output) => output !== undefined,
      (error: unknown) => {
        if (!DomainStateError.isInstance(error)) throw error;
        // Someone else was quicker.
        return true;
      },
    );
    if (!isThere) return;
    state = await stateNow();
    if (state !== undefined && !isRunning({ state })) {
      throw new CommandError(`${domain.finding.name} is ${state} after libvirt was told to resume it`);
    }
  }
  if (state === undefined) return;
  await change(unmarkCommand({ domain: domain.uuid })).catch((error: unknown) => {
    // The mark of a domain that has ended has ended with it.
    if (!DomainStateError.isInstance(error) && !MetadataNotFoundError.isInstance(error)) throw error;
  });
}

/**
 * Resumes the domains that runs have left paused, and takes the marks from all. None waits for
 * another that hangs.
 */
export async function resumeDomains({ connectUri, domains }: Survey, undoing: Undoing): Promise<void> {
  await resumeTogether(domains, connectUri, undoing);
  await beside(domains, 8, (domain) =>
    undoing.undo('resume', domain.finding, () => seeThrough(domain, connectUri, undoing)),
  );
}
