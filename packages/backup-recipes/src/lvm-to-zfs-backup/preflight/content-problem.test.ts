import { describe, expect, it } from 'vitest';
import type { DeviceContent } from '../../host/blkid.js';
import { contentProblem } from './content-problem.js';

const content = (type: string, usage = 'filesystem'): DeviceContent => ({ kind: 'content', type, usage });

describe('contentProblem', () => {
  it.each(['ext2', 'ext3', 'ext4', 'xfs', 'f2fs', 'vfat', 'ntfs'])('takes %s', (type) => {
    expect(contentProblem(content(type))).toBeUndefined();
  });

  it.each<[DeviceContent, string]>([
    [{ kind: 'nothing' }, 'holds nothing'],
    [{ kind: 'ambivalent' }, 'several things'],
    [{ kind: 'partitions', type: 'gpt' }, 'partition table (gpt)'],
    [content('btrfs'), 'two devices of one UUID'],
    [content('crypto_LUKS', 'crypto'), 'encrypted (crypto_LUKS)'],
    [content('BitLocker', 'crypto'), 'encrypted (BitLocker)'],
    [content('LVM2_member', 'raid'), 'physical volume'],
    [content('linux_raid_member', 'raid'), 'RAID'],
    [content('zfs_member'), 'ZFS pool'],
    [content('swap', 'other'), 'holds swap'],
    [content('gfs2'), 'other hosts'],
  ])('refuses %j', (found, said) => {
    expect(contentProblem(found)).toContain(said);
  });
});
