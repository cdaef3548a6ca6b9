import type { CommandRunner, MethodTable } from '@quiesce/command';
import { checkVolumeGroups, vgckRows, type VgckOptions, type VgckResult } from './vgck.js';

/** The methods of {@link Lvm} that are about volume groups. */
export interface VolumeGroupMethods {
  /**
   * Checks whether volume groups are consistent: all of their disks there, and the same metadata on
   * each. What LVM can use all the same it only warns of, so look at the result too.
   *
   * @throws {@link VolumeGroupNotFoundError} for a name that does not exist.
   * @throws {@link PhysicalVolumesMissingError} when disks of a group are missing.
   * @throws {@link VolumeGroupExportedError} for the name of a group that is exported.
   *
   * @example
   * ```ts
   * const { outdated } = await lvm.vgck();
   * for (const name of outdated) await lvm.vgck({ volumeGroups: name, updateMetadata: true });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/vgck.8.html | vgck(8)}
   */
  vgck(options?: VgckOptions): Promise<VgckResult>;
}

/** The rows of {@link VolumeGroupMethods}. */
export const volumeGroupTable: MethodTable<VolumeGroupMethods> = {
  vgck: { command: 'vgck', rows: vgckRows },
};

/** Makes {@link VolumeGroupMethods}. */
export function volumeGroupMethods(lvm: CommandRunner): VolumeGroupMethods {
  return {
    vgck: async (options = {}) => checkVolumeGroups(lvm, options),
  };
}
