import type { CommandRunner, MethodTable } from '@quiesce/command';
import { parseVirshVolPath, virshVolPathCommand, virshVolPathRows, type VirshVolPathOptions } from './vol-path.js';

/** The methods of {@link Virsh} that are about the volumes of storage pools. */
export interface VolMethods {
  /**
   * Tells the path of a volume in a storage pool, as of a disk whose definition names those.
   *
   * @throws `ExitError` when there is no such pool or volume.
   *
   * @example
   * ```ts
   * const path = await virsh.vol.path({ pool: 'default', volume: 'MySQL.img' });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#vol-path | virsh(1), vol-path}
   */
  path(options: VirshVolPathOptions): Promise<string>;
}

/** The rows of {@link VolMethods}. */
export const volTable: MethodTable<VolMethods> = {
  path: { command: 'virsh vol-path', rows: virshVolPathRows },
};

/** Makes {@link VolMethods}. */
export function volMethods(virsh: CommandRunner): VolMethods {
  return {
    path: async (options) => virsh.read(virshVolPathCommand(options), options, parseVirshVolPath),
  };
}
