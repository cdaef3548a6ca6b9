import { CommandError, run, type Command, type CommandOutput } from '@quiesce/command';
import {
  createVirsh,
  DomainNotFoundError,
  DomainStateError,
  domstateCommand,
  MetadataNotFoundError,
  parseDomstate,
  virshErrors,
  type BatchResult,
  type Virsh,
} from '@quiesce/virsh';
import { beside } from '../../beside.js';
import { batches, isRunning } from '../../domains.js';
import { parseMark, readMarkCommand, unmarkCommand } from '../../pause-mark.js';
import { killableResumeCommand, over } from '../survey/domain-finding.js';
import type { MarkedDomain } from '../survey/domains.js';
import type { Survey } from '../survey/survey.js';
import type { Undoing } from './undoing.js';

/** How long libvirt may take, in milliseconds: for all domains together, to look at one, and to change one. */
const limitsMs = {
  together: 20_000,
  look: 10_000,
  // A domain whose monitor hangs is given up by libvirt itself after 30 seconds.
  change: 45_000,
};

/** What libvirt is asked about a domain right before something is done with it: the survey may be a minute old. */
const questions = ({ uuid }: MarkedDomain): Command[] => [
  domstateCommand({ domain: uuid }),
  readMarkCommand({ domain: uuid }),
];

/** The state of a domain while it carries the mark of that run. Undefined where nothing of the run is left on it. */
function stateIfMarked(
  { finding }: MarkedDomain,
  state: BatchResult | undefined,
  mark: BatchResult | undefined,
): string | undefined {
  const failure = state?.error ?? (MetadataNotFoundError.isInstance(mark?.error) ? undefined : mark?.error);
  // A domain that has ended took its mark along.
  if (DomainStateError.isInstance(failure)) return undefined;
  if (failure !== undefined) throw failure;
  if (parseMark(mark?.stdout ?? '')?.runId !== finding.runId) return undefined;
  return parseDomstate(state?.stdout ?? '').state;
}

/** Resumes those that are still paused over one connection. One of them that does not answer may keep all from it. */
async function resumeTogether(
  domains: readonly MarkedDomain[],
  connectUri: string,
  { signal, transport }: Undoing,
): Promise<void> {
  if (domains.length === 0) return;
  const virsh = createVirsh({ transport, connectUri });
  const call = { signal, timeoutMs: limitsMs.together };
  try {
    const seen = await batches(virsh, domains.flatMap(questions), call);
    const paused = domains.filter((domain, index) => {
      const [state, mark] = seen.slice(2 * index, 2 * index + 2);
      return state?.error === undefined && stateIfMarked(domain, state, mark) === 'paused';
    });
    if (paused.length === 0) return;
    await batches(
      virsh,
      paused.map(({ uuid }) => killableResumeCommand({ domain: uuid })),
      call,
    );
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
    // virsh says so too where libvirt has just gone. Only a list without the domain tells that it has gone.
    const listed = await virsh.list({ all: true, signal, timeoutMs: limitsMs.look });
    if (listed.some((domain) => domain.uuid === uuid)) throw error;
    return undefined;
  });
}

/** Sees to it that a domain runs if it carries the mark of the run, and takes the mark from it. */
async function seeThrough(domain: MarkedDomain, connectUri: string, undoing: Undoing): Promise<void> {
  const { signal, transport } = undoing;
  const virsh = createVirsh({ transport, connectUri });
  const look = (): Promise<string | undefined> =>
    whereThere(virsh, domain, undoing, async () => {
      const commands = questions(domain);
      const [state, mark] = await virsh.batch({ signal, timeoutMs: limitsMs.look, commands });
      return stateIfMarked(domain, state, mark);
    });
  const change = (command: Command): Promise<CommandOutput | undefined> =>
    whereThere(virsh, domain, undoing, () =>
      run(transport, over(connectUri, command), { signal, timeoutMs: limitsMs.change, errors: virshErrors }),
    );
  let state = await look();
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
    state = await look();
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

/** Resumes the domains that runs have left paused, and takes the marks from all. None waits for another that hangs. */
export async function resumeDomains({ connectUri, domains }: Survey, undoing: Undoing): Promise<void> {
  await resumeTogether(domains, connectUri, undoing);
  await beside(domains, 8, (domain) =>
    undoing.undo('resume', domain.finding, () => seeThrough(domain, connectUri, undoing)),
  );
}
