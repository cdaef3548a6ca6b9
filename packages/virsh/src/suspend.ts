import { createCommand, type CallOptions, type Command } from '@quiesce/command';
import { domainArgument } from './names.js';

/** What {@link Virsh.suspend} takes. */
export interface SuspendOptions extends CallOptions {
  /** Name or UUID of a running domain. */
  readonly domain: string;
}

/** Builds the command of {@link Virsh.suspend}. See virsh(1), `suspend`. */
export function suspendCommand({ domain }: SuspendOptions): Command {
  return createCommand('virsh', ['suspend', domainArgument('domain', domain)], { effect: 'write' });
}
