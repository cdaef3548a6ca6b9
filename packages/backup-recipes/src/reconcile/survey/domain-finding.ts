import type { Command } from '@quiesce/command';
import { virshResumeCommand } from '@quiesce/virsh';
import { over } from '../../over.js';
import { unmarkCommand } from '../../pause-mark.js';
import type { Finding } from '../finding.js';

/**
 * The command that resumes a domain. It may be killed: one that is not answered must not come in
 * the next pause.
 */
export function killableResumeCommand(options: { domain: string }): Command {
  return { ...virshResumeCommand(options), stop: 'kill' };
}

/** A domain with the mark of a run, as a finding. */
export function domainFinding(domain: {
  readonly name: string;
  readonly uuid: string;
  readonly runId: string;
  readonly connectUri: string;
  readonly isPaused: boolean;
}): Finding {
  const { name, uuid, runId, connectUri, isPaused } = domain;
  const unmark = over(connectUri, unmarkCommand({ domain: uuid }));
  if (!isPaused) return { kind: 'mark', name, runId, undo: [unmark] };
  return { kind: 'domain', name, runId, undo: [over(connectUri, killableResumeCommand({ domain: uuid })), unmark] };
}
