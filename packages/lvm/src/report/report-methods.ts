import type { CommandRunner, MethodTable } from '@quiesce/command';
import type { LogicalVolume } from './logical-volume.js';
import { lvsRows, readLogicalVolumes, type LvsOptions } from './lvs.js';
import { readVolumeGroups, vgsRows, type VgsOptions, type VolumeGroup } from './vgs.js';

/** The methods of {@link Lvm} that report what there is. */
export interface ReportMethods {
  /**
   * Lists logical volumes. Those of groups that LVM passes over, as of an old cluster, are left out
   * unless they are named.
   *
   * @throws {@link LogicalVolumeNotFoundError}, {@link VolumeGroupNotFoundError} for a name that
   * does not exist.
   * @throws {@link VolumeGroupAmbiguousError} for the name of two groups,
   * {@link VolumeGroupSkippedError} for that of one that LVM passes over.
   *
   * @example
   * ```ts
   * const snapshots = await lvm.lvs({ volumeGroups: ['SSD'], select: 'lv_role = snapshot' });
   * const lost = snapshots.filter(({ snapshotInvalid }) => snapshotInvalid === true);
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvs.8.html | lvs(8)}
   */
  lvs(options?: LvsOptions): Promise<LogicalVolume[]>;

  /**
   * Lists volume groups. Those that LVM passes over, as one of an old cluster, are left out unless
   * they are named.
   *
   * @throws {@link VolumeGroupNotFoundError} for a name that does not exist.
   * @throws {@link VolumeGroupAmbiguousError} for the name of two groups,
   * {@link VolumeGroupSkippedError} for that of one that LVM passes over.
   *
   * @example
   * ```ts
   * const [group] = await lvm.vgs({ volumeGroups: ['SSD'] });
   * console.log(group?.freeBytes);
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/vgs.8.html | vgs(8)}
   */
  vgs(options?: VgsOptions): Promise<VolumeGroup[]>;
}

/** The rows of {@link ReportMethods}. */
export const reportTable: MethodTable<ReportMethods> = {
  lvs: { command: 'lvs', rows: lvsRows },
  vgs: { command: 'vgs', rows: vgsRows },
};

/** Makes {@link ReportMethods}. */
export function reportMethods(lvm: CommandRunner): ReportMethods {
  return {
    lvs: async (options = {}) => readLogicalVolumes(lvm, options),
    vgs: async (options = {}) => readVolumeGroups(lvm, options),
  };
}
