import { checkedWords, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { domainRow } from '../names.js';

/** What {@link Virsh.suspend} takes. */
export interface VirshSuspendOptions extends CallOptions {
  /** Name or UUID of a running domain. */
  readonly domain: string;
}

/** The words of {@link VirshSuspendOptions}. */
export const virshSuspendRows: Rows<VirshSuspendOptions> = { domain: domainRow };

/** Builds the command of {@link Virsh.suspend}. See virsh(1), `suspend`. */
export function virshSuspendCommand(options: VirshSuspendOptions): Command {
  return createCommand('virsh', ['suspend', ...checkedWords(virshSuspendRows, options)], { effect: 'write' });
}
