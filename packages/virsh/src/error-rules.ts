import type { Command, ExitErrorRule } from '@quiesce/command';
import {
  ConnectionFailedError,
  DomainLockedError,
  DomainNotFoundError,
  DomainStateError,
  InvalidKeycodeError,
  MetadataNotFoundError,
} from './errors.js';

const domainOption = '--domain=';

/** The domain that a command was about: most messages of libvirt leave it out. */
function domainOf({ args }: Command): string | undefined {
  return args.find((word) => word.startsWith(domainOption))?.slice(domainOption.length);
}

/** Which failures of virsh become which errors. The first rule that fits counts. */
export const virshErrors: readonly ExitErrorRule[] = [
  {
    stderr: /^error: (?:failed to connect|Failed to reconnect) to the hypervisor(?:\nerror: (?<reason>.*))?/m,
    create: (options, { reason = '' }) => new ConnectionFailedError({ ...options, connectionReason: reason }),
  },
  {
    stderr: /^error: Disconnected from .* due to (?<reason>.*)/m,
    create: (options, { reason = '' }) => new ConnectionFailedError({ ...options, connectionReason: reason }),
  },
  {
    stderr: /^error: failed to get domain '(?<domain>.*)'$/m,
    create: (options, { domain = '' }) => new DomainNotFoundError({ ...options, domain }),
  },
  {
    stderr: /^error: Domain not found/m,
    create: (options) => new DomainNotFoundError({ ...options, domain: domainOf(options.command) ?? '' }),
  },
  {
    stderr: /cannot acquire state change lock(?: \(held by (?<holder>.*)\))?/,
    create: (options, { holder }) => new DomainLockedError({ ...options, domain: domainOf(options.command), holder }),
  },
  {
    stderr: /^error: Requested operation is not valid: (?<reason>.*)/m,
    create: (options, { reason = '' }) =>
      new DomainStateError({ ...options, domain: domainOf(options.command), stateReason: reason }),
  },
  {
    // libvirt's test driver says it in its own way.
    stderr: /^error: internal error: (?<reason>domain '.*' not (?:running|paused))$/m,
    create: (options, { reason = '' }) =>
      new DomainStateError({ ...options, domain: domainOf(options.command), stateReason: reason }),
  },
  {
    stderr: /invalid keycode: '(?<keycode>.*)'|cannot translate keycode (?<number>\d+) /,
    create: (options, { keycode, number }) => new InvalidKeycodeError({ ...options, keycode: keycode ?? number ?? '' }),
  },
  {
    stderr: /^error: metadata not found: /m,
    create: (options) => new MetadataNotFoundError(options),
  },
];
