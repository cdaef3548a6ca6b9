import { checkedWords, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { domainRow } from '../names.js';

/** What {@link Virsh.resume} takes. */
export interface VirshResumeOptions extends CallOptions {
  /** Name or UUID of a paused domain. */
  readonly domain: string;
}

/** The words of {@link VirshResumeOptions}. */
export const virshResumeRows: Rows<VirshResumeOptions> = { domain: domainRow };

/** Builds the command of {@link Virsh.resume}. See virsh(1), `resume`. */
export function virshResumeCommand(options: VirshResumeOptions): Command {
  return createCommand('virsh', ['resume', ...checkedWords(virshResumeRows, options)], { effect: 'write' });
}
