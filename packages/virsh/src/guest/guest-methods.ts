import type { CommandRunner, MethodTable } from '@quiesce/command';
import { virshSendKeyCommand, virshSendKeyRows, type VirshSendKeyOptions } from './send-key.js';

/** The methods of {@link Virsh} that reach into a guest. */
export interface GuestMethods {
  /**
   * Presses keys of a domain's keyboard, all at the same time. That it succeeds does not say what
   * the guest made of it.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} when it does not run.
   * @throws {@link InvalidKeycodeError} when libvirt does not know a key.
   *
   * @example
   * ```ts
   * // The guest's Linux writes its buffers to disk, where it allows this key.
   * await virsh.sendKey({ domain: 'MySQL', keys: ['KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S'] });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#send-key | virsh(1), send-key}
   */
  sendKey(options: VirshSendKeyOptions): Promise<void>;
}

/** The rows of {@link GuestMethods}. */
export const guestTable: MethodTable<GuestMethods> = {
  sendKey: { command: 'virsh send-key', rows: virshSendKeyRows },
};

/** Makes {@link GuestMethods}. */
export function guestMethods(virsh: CommandRunner): GuestMethods {
  return {
    sendKey: async (options) => virsh.perform(virshSendKeyCommand(options), options),
  };
}
