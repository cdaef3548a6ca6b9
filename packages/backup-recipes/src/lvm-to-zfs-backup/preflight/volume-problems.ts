import { InvalidArgumentError } from '@quiesce/command';
import { lvconvertCommand, type LogicalVolume } from '@quiesce/lvm';
import type { PreflightProblem } from '../../preflight-error.js';
import type { KnownDomain } from '../../domains.js';
import { contentProblem } from './content-problem.js';
import type { DiskPlaces } from './disk-places.js';
import type { VolumeFacts } from './host-facts.js';
import type { VolumeLook } from './look-at-volume.js';
import type { GroupFacts } from './read-groups.js';
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

const inner = [
  'conversion',
  'image',
  'integrity',
  'metadata',
  'mirror-log',
  'pvmove',
  'thin-pool-data',
  'vdo-pool-data',
];

/** What LVM has a volume for, where no snapshot of it can be mounted. */
function kindProblem({ attributes: { kind, merging, state }, fullName, origin }: LogicalVolume): string | undefined {
  if (merging) return 'a snapshot is being merged into it, or it into its origin: run again when that is done (lvs)';
  if (kind === 'snapshot') return `it is itself a snapshot, of ${origin ?? 'another volume'}: give its origin`;
  if (kind === 'thin-pool' || kind === 'vdo-pool') return `it is a ${kind}: give a volume in it`;
  if (inner.includes(kind)) return `it is for LVM's own use (${kind}): give a volume with a file system`;
  if (state === 'inactive') return `it is not active: lvchange --activate y ${fullName}`;
  if (state === 'suspended') return 'it is suspended: see why (dmsetup info), and resume it (dmsetup resume)';
  return undefined;
}

/** What keeps the content of a volume, which LVM is content with, from being copied. */
function* lookProblems({ content, hasOuterJournal, unknownFeatures }: VolumeLook): Generator<string> {
  const problem = content === undefined ? undefined : contentProblem(content);
  if (problem !== undefined) yield problem;
  if (unknownFeatures.length > 0) {
    yield `its file system is newer than the host's e2fsck (${unknownFeatures.join(', ')}), which would refuse to check it: get a newer version of e2fsprogs`;
  }
  if (hasOuterJournal) {
    yield 'its file system keeps its journal on another device, which a snapshot of the volume does not hold: bring the journal into it (tune2fs -O ^has_journal, then tune2fs -j, while it is not mounted)';
  }
}

/** What keeps a volume from being backed up. */
export function* volumeProblems(
  volume: VolumeNames,
  { group, rivals, volumes }: GroupFacts,
  look: VolumeLook,
  users: readonly KnownDomain[],
): Generator<string> {
  if (rivals !== undefined) {
    const uuids = rivals.length > 0 ? rivals.join(' and ') : 'see vgs --options +vg_uuid';
    yield `the host has several volume groups ${volume.volumeGroup} (${uuids}): rename all but one (vgrename UUID NAME)`;
    return;
  }
  if (group === undefined) {
    yield `the host has no volume group ${volume.volumeGroup}`;
    return;
  }
  const found = volumes.find(({ name }) => name === volume.name);
  if (found === undefined) {
    const names = volumes.map(({ name }) => name);
    yield `the group ${volume.volumeGroup} has no such volume; it has ${names.length === 0 ? 'none' : names.join(', ')}`;
  } else {
    const problem = kindProblem(found);
    if (problem !== undefined) yield problem;
    const [user] = users;
    if (user !== undefined) {
      yield `it is itself a disk of ${user.name}: mounting it would trust what the guest wrote there, and this recipe copies the files of a volume`;
    } else if (problem === undefined) {
      yield* lookProblems(look);
    }
  }
  const tooLong = nameProblem(volume);
  if (tooLong !== undefined) yield tooLong;
  if (volumes.some(({ name }) => name === volume.snapshotName)) {
    yield `its snapshot ${volume.snapshotName} exists already: run with another epochSeconds`;
  }
}

/** Guests that have a volume as a disk, or a device on it. */
export function usersOf(volume: number, domains: readonly KnownDomain[], placeOf: DiskPlaces): KnownDomain[] {
  return domains.filter(({ disks }) =>
    disks.map(placeOf).some((place) => place?.isDevice === true && place.volume === volume),
  );
}

/** Groups that have too little room for the snapshots of their volumes. */
export function* roomProblems(
  volumes: readonly VolumeFacts[],
  groups: readonly GroupFacts[],
): Generator<PreflightProblem> {
  for (const { group, name } of groups) {
    const inGroup = volumes.filter(({ volumeGroup }) => volumeGroup === name);
    const needed = inGroup.reduce((sum, { snapshotSizeBytes }) => sum + snapshotSizeBytes, 0);
    if (group === undefined || needed <= group.freeBytes) continue;
    const counts = `${String(needed)} bytes for the snapshots, and the group ${name} has ${String(group.freeBytes)} free`;
    yield {
      option: 'snapshotSizeBytes',
      value: String(needed),
      problem: `too little room: it takes ${counts}; make the group larger or the snapshots smaller`,
    };
  }
}
