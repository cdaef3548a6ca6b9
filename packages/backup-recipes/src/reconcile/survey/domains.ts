import { TimeoutError, type CallOptions, type Transport } from '@quiesce/command';
import {
  createVirsh,
  DomainNotFoundError,
  MetadataNotFoundError,
  parseVirshList,
  parseVirshUri,
  virshListCommand,
  virshUriCommand,
  type ListedDomain,
  type Virsh,
} from '@quiesce/virsh';
import { valueOf } from '../../batches.js';
import { beside } from '../../beside.js';
import { askDomains, type DomainAnswer } from '../../domain-answers.js';
import { runOfBootName } from '../../boot-test/names.js';
import { surveyTestGuests } from './boot-tests.js';
import { domainFinding } from './domain-finding.js';
import { noteUnseen, type Unseen } from './unseen.js';
import type { Finding } from '../finding.js';

/** A domain with the mark of a run. */
export interface MarkedDomain {
  readonly finding: Finding;
  readonly uuid: string;
}

/** What was found of the domains. */
export interface DomainSurvey {
  /** How virsh reaches libvirt. */
  readonly connectUri: string;
  readonly marked: readonly MarkedDomain[];
  /** Names of those that are paused without a mark. */
  readonly strangers: readonly string[];
  /** Guests that boot tests have started, whether those are over or not. */
  readonly testGuests: readonly Finding[];
}

/** How long a domain may take to answer when it is asked alone, in milliseconds. */
const aloneMs = 10_000;

type Answer = DomainAnswer<ListedDomain>;

/** Asks each domain by a virsh of its own: who does not answer keeps nobody else. */
async function askAlone(
  virsh: Virsh,
  listed: readonly ListedDomain[],
  call: CallOptions,
  unseen: Unseen[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  await beside(listed, 8, async (domain) => {
    try {
      answers.push(...(await askDomains(virsh, [domain], { ...call, timeoutMs: aloneMs })));
    } catch (error) {
      noteUnseen(unseen, domain.name, error);
    }
  });
  return answers;
}

async function ask(
  virsh: Virsh,
  listed: readonly ListedDomain[],
  call: CallOptions,
  unseen: Unseen[],
): Promise<Answer[]> {
  try {
    return await askDomains(virsh, listed, call);
  } catch (error) {
    if (!TimeoutError.isInstance(error)) throw error;
    return askAlone(virsh, listed, call, unseen);
  }
}

/** Looks which of the domains that run or are paused carry the mark of a run. */
export async function surveyDomains(
  transport: Transport,
  call: CallOptions,
  unseen: Unseen[],
): Promise<DomainSurvey | undefined> {
  const [uri, list] = await createVirsh({ transport }).batch({
    ...call,
    commands: [
      { command: virshUriCommand(), parse: parseVirshUri },
      { command: virshListCommand(), parse: parseVirshList },
    ],
  });
  const connectUri = valueOf(uri) ?? '';
  const listed = valueOf(list) ?? [];
  const virsh = createVirsh({ transport, connectUri });
  const answers = await ask(
    virsh,
    listed.filter(({ name }) => runOfBootName(name) === undefined),
    call,
    unseen,
  );
  const testGuests = await surveyTestGuests(virsh, { connectUri, listed }, call);
  const marked: MarkedDomain[] = [];
  const strangers: string[] = [];
  const missing: { readonly domain: ListedDomain; readonly error: unknown }[] = [];
  for (const { domain, state, mark } of answers) {
    const { name, uuid } = domain;
    // A domain without a mark is a failure for virsh 9.
    const isUnmarked: boolean = MetadataNotFoundError.isInstance(mark.error);
    const failure = state.error ?? (isUnmarked ? undefined : mark.error);
    if (DomainNotFoundError.isInstance(failure)) {
      missing.push({ domain, error: failure });
      continue;
    }
    if (failure !== undefined) {
      noteUnseen(unseen, name, failure);
      continue;
    }
    const isPaused = state.value?.state === 'paused';
    const runId = mark.value?.runId;
    if (runId !== undefined) marked.push({ finding: domainFinding({ name, uuid, runId, connectUri, isPaused }), uuid });
    else if (isPaused) strangers.push(name);
  }
  // One that ended meanwhile took its mark along. virsh says the same where libvirt has just gone.
  const now = missing.length === 0 ? [] : await createVirsh({ transport, connectUri }).list(call);
  for (const { domain, error } of missing) {
    if (now.some(({ uuid }) => uuid === domain.uuid)) noteUnseen(unseen, domain.name, error);
  }
  return { connectUri, marked, strangers, testGuests };
}
