import type { CallOptions, CommandRunner, MethodTable } from '@quiesce/command';
import { parseVirshUri, virshUriCommand } from './uri.js';

/** The methods of {@link Virsh} that are about the hypervisor itself. */
export interface HostMethods {
  /**
   * Tells which hypervisor virsh talks to, as `qemu:///system`: what it chose by itself where no
   * `connectUri` was given.
   *
   * @example
   * ```ts
   * const again = createVirsh({ connectUri: await virsh.uri() });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#uri | virsh(1), uri}
   */
  uri(call?: CallOptions): Promise<string>;
}

/** The rows of {@link HostMethods}. */
export const hostTable: MethodTable<HostMethods> = {
  uri: { command: 'virsh uri', rows: {} },
};

/** Makes {@link HostMethods}. */
export function hostMethods(virsh: CommandRunner): HostMethods {
  return {
    uri: async (call = {}) => virsh.read(virshUriCommand(call), call, parseVirshUri),
  };
}
