import { rule, ruleWith, type Command, type ExitErrorRule } from '@quiesce/command';
import {
  ConnectionFailedError,
  DomainLockedError,
  DomainNotFoundError,
  DomainStateError,
  GuestAgentError,
  InvalidKeycodeError,
  MetadataNotFoundError,
  VirshError,
} from './errors.js';

const domainOption = '--domain=';

/** The domain that a command was about: most messages of libvirt leave it out. */
function domainOf({ args }: Command): string | undefined {
  return args.find((word) => word.startsWith(domainOption))?.slice(domainOption.length);
}

/** Which failures of virsh become which errors. The first rule that fits counts. */
export const virshErrors: readonly ExitErrorRule[] = [
  ruleWith(
    ConnectionFailedError,
    { stderr: /^error: (?:failed to connect|Failed to reconnect) to the hypervisor(?:\nerror: (?<said>.*))?/m },
    ({ said = '' }) => ({ connectionReason: said }),
  ),
  rule(ConnectionFailedError, /^error: Disconnected from .* due to (?<connectionReason>.*)/m, ['connectionReason']),
  rule(DomainNotFoundError, /^error: failed to get domain '(?<domain>.*)'$/m, ['domain']),
  ruleWith(DomainNotFoundError, { stderr: /^error: Domain not found/m }, (_, { command }) => ({
    domain: domainOf(command) ?? '',
  })),
  ruleWith(
    DomainLockedError,
    { stderr: /cannot acquire state change lock(?: \(held by (?<holder>.*)\))?/ },
    ({ holder }, { command }) => ({ domain: domainOf(command), holder }),
  ),
  ruleWith(
    DomainStateError,
    { stderr: /^error: Requested operation is not valid: (?<said>.*)/m },
    ({ said = '' }, { command }) => ({ domain: domainOf(command), stateReason: said }),
  ),
  ruleWith(
    DomainStateError,
    // libvirt's test driver says it in its own way.
    { stderr: /^error: internal error: (?<said>domain '.*' not (?:running|paused))$/m },
    ({ said = '' }, { command }) => ({ domain: domainOf(command), stateReason: said }),
  ),
  ruleWith(
    GuestAgentError,
    {
      stderr:
        /^error: (?:argument unsupported: (?<missing>QEMU guest agent is not configured)|Guest agent is not responding: (?<silent>.*))$/m,
    },
    ({ missing, silent }, { command }) => ({ domain: domainOf(command), agentReason: missing ?? silent ?? '' }),
  ),
  ruleWith(
    InvalidKeycodeError,
    { stderr: /invalid keycode: '(?<keycode>.*)'|cannot translate keycode (?<number>\d+) / },
    ({ keycode, number }) => ({ keycode: keycode ?? number ?? '' }),
  ),
  rule(MetadataNotFoundError, /^error: metadata not found: /m, []),
  ruleWith(VirshError, {}, () => ({})),
];
