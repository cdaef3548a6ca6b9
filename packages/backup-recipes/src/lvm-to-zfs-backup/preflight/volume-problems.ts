import { InvalidArgumentError } from '@quiesce/command';
import { lvconvertCommand, type LogicalVolume, type VolumeGroup } from '@quiesce/lvm';
import type { PreflightProblem } from '../../preflight-error.js';
import type { KnownDomain } from '../../domains.js';
import type { VolumeFacts } from './host-facts.js';
import type { VolumeNames } from '../names.js';

/** LVM finds out only in the middle of making a snapshot that device-mapper can't hold its name. */
function nameProblem({ path, snapshotPath }: VolumeNames): string | undefined {
  try {
    lvconvertCommand({ type: 'snapshot', origin: path, volume: snapshotPath });
    return undefined;
  } catch (error) {
    if (!InvalidArgumentError.isInstance(error)) throw error;
    return `device-mapper can't hold the names of its snapshot: ${error.message}`;
  }
}

/** What keeps a volume from being backed up. */
export function* volumeProblems(
  volume: VolumeNames,
  lvs: readonly LogicalVolume[],
  group: VolumeGroup | undefined,
  domains: readonly KnownDomain[],
): Generator<string> {
  if (group === undefined) {
    yield `the host has no volume group ${volume.volumeGroup}`;
    return;
  }
  const found = lvs.find(({ volumeGroup, name }) => volumeGroup === volume.volumeGroup && name === volume.name);
  if (found === undefined) {
    const names = lvs.filter(({ volumeGroup }) => volumeGroup === volume.volumeGroup).map(({ name }) => name);
    yield `the group ${volume.volumeGroup} has no such volume; it has ${names.length === 0 ? 'none' : names.join(', ')}`;
  } else if (found.attributes.kind === 'snapshot') {
    yield `it is itself a snapshot, of ${found.origin ?? 'another volume'}: give its origin`;
  } else {
    const user = domains.find(({ disks }) => disks.includes(volume.path) || disks.includes(found.dmPath));
    if (user !== undefined) {
      yield `it is itself a disk of ${user.name}: mounting it would trust what the guest wrote there, and this recipe copies the files of a volume`;
    }
  }
  const tooLong = nameProblem(volume);
  if (tooLong !== undefined) yield tooLong;
  if (lvs.some(({ volumeGroup, name }) => volumeGroup === volume.volumeGroup && name === volume.snapshotName)) {
    yield `its snapshot ${volume.snapshotName} exists already: run with another epochSeconds`;
  }
}

/** Groups that have too little room for the snapshots of their volumes. */
export function* roomProblems(
  volumes: readonly VolumeFacts[],
  groups: readonly VolumeGroup[],
): Generator<PreflightProblem> {
  for (const group of groups) {
    const inGroup = volumes.filter(({ volumeGroup }) => volumeGroup === group.name);
    const needed = inGroup.reduce((sum, { snapshotSizeBytes }) => sum + snapshotSizeBytes, 0);
    if (needed <= group.freeBytes) continue;
    const counts = `${String(needed)} bytes for the snapshots, and the group ${group.name} has ${String(group.freeBytes)} free`;
    yield {
      option: 'snapshotSizeBytes',
      value: String(needed),
      problem: `too little room: it takes ${counts}; make the group larger or the snapshots smaller`,
    };
  }
}
