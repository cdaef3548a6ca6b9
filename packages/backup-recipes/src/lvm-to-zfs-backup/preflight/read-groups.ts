import type { CallOptions } from '@quiesce/command';
import {
  VolumeGroupAmbiguousError,
  VolumeGroupNotFoundError,
  type LogicalVolume,
  type Lvm,
  type VolumeGroup,
} from '@quiesce/lvm';

/** What LVM says of one group of a run. */
export interface GroupFacts {
  readonly name: string;
  /** Undefined where the host has none of that name, or several. */
  readonly group: VolumeGroup | undefined;
  readonly volumes: readonly LogicalVolume[];
  /**
   * UUIDs of the groups of that name, as far as LVM told them. Undefined where there are not
   * several.
   */
  readonly rivals: readonly string[] | undefined;
}

/** The UUIDs of two groups of one name, which LVM tells in a warning. */
function rivalsOf({ stderr }: VolumeGroupAmbiguousError): string[] {
  const { one, other } = / is used by VGs (?<one>\S+) and (?<other>\S+?)\.?$/m.exec(stderr)?.groups ?? {};
  return [one, other].filter((uuid) => uuid !== undefined);
}

/**
 * Asks LVM for one group alone: what is wrong with another stops nothing.
 *
 * @throws what LVM failed with, but not that there is no such group, or that there are several.
 */
export async function readGroup(lvm: Lvm, name: string, call: CallOptions): Promise<GroupFacts> {
  const none: GroupFacts = { name, group: undefined, volumes: [], rivals: undefined };
  try {
    const options = { ...call, volumeGroups: [name] };
    const [groups, volumes] = await Promise.all([lvm.vgs(options), lvm.lvs(options)]);
    if (groups.length > 1) return { ...none, rivals: groups.map(({ uuid }) => uuid) };
    return { ...none, group: groups[0], volumes };
  } catch (error) {
    if (VolumeGroupAmbiguousError.isInstance(error)) return { ...none, rivals: rivalsOf(error) };
    if (VolumeGroupNotFoundError.isInstance(error)) return none;
    throw error;
  }
}
