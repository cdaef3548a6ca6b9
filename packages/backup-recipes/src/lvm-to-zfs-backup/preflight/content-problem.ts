import type { DeviceContent } from '../../host/blkid.js';

const remedy = 'give a volume with a file system that holds images';
// Their members are told apart by UUIDs, and a snapshot has those of its origin.
const told = ['btrfs', 'bcachefs'];
const clustered = ['gfs2', 'ocfs2', 'VMFS'];

/** What keeps a run from copying files from what lies on a volume. */
export function contentProblem(content: DeviceContent): string | undefined {
  if (content.kind === 'nothing') return `it holds nothing, or nothing that blkid knows: ${remedy}`;
  if (content.kind === 'ambivalent') {
    return 'it holds signatures of several things, so none of them can be trusted: see them (wipefs), and remove those that are wrong';
  }
  if (content.kind === 'partitions') {
    return `it holds a partition table (${content.type}), as the disk of a guest does: this recipe copies the files of a volume; ${remedy}`;
  }
  const { type, usage } = content;
  if (type === 'LVM2_member') return `it holds a physical volume of LVM: ${remedy}`;
  if (type === 'zfs_member') return `it holds a part of a ZFS pool: ${remedy}`;
  if (usage === 'crypto') {
    return `it is encrypted (${type}), and its snapshot could not be mounted: put the volume on an encrypted device in place of the encryption on the volume`;
  }
  if (usage === 'raid') return `it holds a part of a RAID or a group of devices (${type}): ${remedy}`;
  if (usage !== 'filesystem') return `it holds ${type}, which is no file system: ${remedy}`;
  if (told.includes(type)) {
    return `it holds ${type}, whose snapshot by LVM can't be mounted beside it: two devices of one UUID; ${remedy}, as ext4 or xfs`;
  }
  if (clustered.includes(type)) return `it holds ${type}, which other hosts may write to meanwhile: ${remedy}`;
  return undefined;
}
