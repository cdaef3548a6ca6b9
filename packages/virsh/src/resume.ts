import { createCommand, type CallOptions, type Command } from '@quiesce/command';
import { domainArgument } from './names.js';

/** What {@link Virsh.resume} takes. */
export interface ResumeOptions extends CallOptions {
  /** Name or UUID of a paused domain. */
  readonly domain: string;
}

/** Builds the command of {@link Virsh.resume}. See virsh(1), `resume`. */
export function resumeCommand({ domain }: ResumeOptions): Command {
  return createCommand('virsh', ['resume', domainArgument('domain', domain)], { effect: 'write' });
}
