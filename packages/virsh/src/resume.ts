import { checkedWords, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { domainRow } from './names.js';

/** What {@link Virsh.resume} takes. */
export interface ResumeOptions extends CallOptions {
  /** Name or UUID of a paused domain. */
  readonly domain: string;
}

/** The words of {@link ResumeOptions}. */
export const resumeRows: Rows<ResumeOptions> = { domain: domainRow };

/** Builds the command of {@link Virsh.resume}. See virsh(1), `resume`. */
export function resumeCommand(options: ResumeOptions): Command {
  return createCommand('virsh', ['resume', ...checkedWords(resumeRows, options)], { effect: 'write' });
}
