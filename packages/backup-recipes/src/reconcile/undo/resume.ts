import { CommandError, run, type Command, type CommandOutput } from '@quiesce/command';
import {
  createVirsh,
  DomainNotFoundError,
  DomainStateError,
  domstateCommand,
  MetadataNotFoundError,
  parseDomstate,
  virshErrors,
} from '@quiesce/virsh';
import { beside } from '../../beside.js';
import { batches, isRunning } from '../../domains.js';
import { unmarkCommand } from '../../pause-mark.js';
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

/** Resumes domains over one connection, and tells which were seen running then: none where one of them does not answer. */
async function resumeTogether(
  domains: readonly MarkedDomain[],
  connectUri: string,
  { signal, transport }: Undoing,
): Promise<ReadonlySet<string>> {
  const commands = domains.flatMap(({ uuid }) => [
    killableResumeCommand({ domain: uuid }),
    domstateCommand({ domain: uuid }),
  ]);
  if (commands.length === 0) return new Set();
  try {
    const virsh = createVirsh({ transport, connectUri });
    const results = await batches(virsh, commands, { signal, timeoutMs: limitsMs.together });
    const running = domains.filter((_, index) => {
      const seen = results[2 * index + 1];
      return seen !== undefined && seen.error === undefined && isRunning(parseDomstate(seen.stdout));
    });
    return new Set(running.map(({ uuid }) => uuid));
  } catch {
    // Each is asked alone, and what is wrong is told then.
    return new Set();
  }
}

/** The domain that virsh is told something about. */
interface Subject {
  readonly uuid: string;
  readonly connectUri: string;
}

/** Tells virsh one thing, for a domain that may be gone: then there is nothing more to do. */
async function alone(
  { signal, transport }: Undoing,
  { connectUri, uuid }: Subject,
  command: Command,
  timeoutMs: number,
): Promise<CommandOutput | undefined> {
  return run(transport, over(connectUri, command), { signal, timeoutMs, errors: virshErrors }).catch(
    async (error: unknown) => {
      if (!DomainNotFoundError.isInstance(error)) throw error;
      // virsh says so too where libvirt has just gone. Only a list without the domain tells that it has gone.
      const listed = await createVirsh({ transport, connectUri }).list({ all: true, signal, timeoutMs: limitsMs.look });
      if (listed.some((domain) => domain.uuid === uuid)) throw error;
      return undefined;
    },
  );
}

/** Sees to it that a domain runs, and takes the mark from it. */
async function seeThrough({ finding, uuid }: MarkedDomain, connectUri: string, undoing: Undoing): Promise<void> {
  const subject = { uuid, connectUri };
  const stateOf = async (): Promise<string | undefined> => {
    const seen = await alone(undoing, subject, domstateCommand({ domain: uuid }), limitsMs.look);
    return seen === undefined ? undefined : parseDomstate(seen.stdout).state;
  };
  if ((await stateOf()) !== 'paused') return;
  const resume = killableResumeCommand({ domain: uuid });
  const isThere = await alone(undoing, subject, resume, limitsMs.change).then(
    (output) => output !== undefined,
    (error: unknown) => {
      if (!DomainStateError.isInstance(error)) throw error;
      // Someone else was quicker.
      return true;
    },
  );
  if (!isThere) return;
  const state = await stateOf();
  if (state === undefined || isRunning({ state })) return;
  throw new CommandError(`${finding.name} is ${state} after libvirt was told to resume it`);
}

async function unmark({ uuid }: MarkedDomain, connectUri: string, undoing: Undoing): Promise<void> {
  await alone(undoing, { uuid, connectUri }, unmarkCommand({ domain: uuid }), limitsMs.change).catch(
    (error: unknown) => {
      // The mark of a domain that has ended has ended with it.
      if (!DomainStateError.isInstance(error) && !MetadataNotFoundError.isInstance(error)) throw error;
    },
  );
}

/** Resumes the domains that runs have left paused, and takes the marks from all. None waits for another that hangs. */
export async function resumeDomains({ connectUri, domains }: Survey, undoing: Undoing): Promise<void> {
  const paused = domains.filter(({ finding }) => finding.kind === 'domain');
  const running = await resumeTogether(paused, connectUri, undoing);
  await beside(domains, 8, (domain) =>
    undoing.undo('resume', domain.finding, async () => {
      if (!running.has(domain.uuid)) await seeThrough(domain, connectUri, undoing);
      await unmark(domain, connectUri, undoing);
    }),
  );
}
