import type { Command } from '@quiesce/command';
import {
  virshMetadataCommand,
  virshMetadataRemoveCommand,
  virshMetadataSetCommand,
  type BatchCommand,
} from '@quiesce/virsh';

/** What a domain carries from just before a run pauses it until it was seen running. */
export interface PauseMark {
  readonly runId: string;
  /** When it was set, by the clock of the host. */
  readonly since: Date;
}

const uri = 'https://github.com/quiesce/quiesce/pause';
const key = 'quiesce';

/** What stands in {@link markCommand} for the seconds of UNIX time at which it is run. */
export const sincePlaceholder = '@since@';

/**
 * Marks a running domain as one that a run pauses. It ends with the domain, and outlives libvirt.
 * See virsh(1), `metadata`.
 */
export function markCommand(options: { domain: string; runId: string }): Command {
  const { domain, runId } = options;
  const xml = `<pause run="${runId}" since="${sincePlaceholder}"/>`;
  return virshMetadataSetCommand({ domain, uri, key, xml, live: true });
}

/** Reads the mark of a domain: undefined where there is none of ours. */
export function readMark({ domain }: { domain: string }): BatchCommand<PauseMark | undefined> {
  return { command: virshMetadataCommand({ domain, uri, live: true }), parse: parseMark };
}

/** Takes the mark from a domain. */
export function unmarkCommand({ domain }: { domain: string }): Command {
  return virshMetadataRemoveCommand({ domain, uri, live: true });
}

/** Reads what the command of {@link readMark} prints. Undefined where there is no mark of ours. */
export function parseMark(stdout: string): PauseMark | undefined {
  const { runId, since } = /^<pause run="(?<runId>[0-9a-f-]+)" since="(?<since>\d+)"\/>\s*$/.exec(stdout)?.groups ?? {};
  if (runId === undefined || since === undefined) return undefined;
  return { runId, since: new Date(Number(since) * 1000) };
}
