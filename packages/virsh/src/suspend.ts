import { checkedWords, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { domainRow } from './names.js';

/** What {@link Virsh.suspend} takes. */
export interface SuspendOptions extends CallOptions {
  /** Name or UUID of a running domain. */
  readonly domain: string;
}

/** The words of {@link SuspendOptions}. */
export const suspendRows: Rows<SuspendOptions> = { domain: domainRow };

/** Builds the command of {@link Virsh.suspend}. See virsh(1), `suspend`. */
export function suspendCommand(options: SuspendOptions): Command {
  return createCommand('virsh', ['suspend', ...checkedWords(suspendRows, options)], { effect: 'write' });
}
