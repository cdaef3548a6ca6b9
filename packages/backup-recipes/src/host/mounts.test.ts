import { describe, expect, it } from 'vitest';
import { parseMounts } from './mounts.js';

// Linux 6.12 of Debian 13
const stdout = [
  'sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0',
  '/dev/mapper/SSD-images /srv/SSD/images ext4 rw,noatime 0 0',
  String.raw`archives/my\040data /archives/my\040data\134x zfs rw,relatime,xattr,noacl 0 0`,
  '',
].join('\n');

describe('parseMounts', () => {
  it('reads what is mounted where, blanks and backslashes too', () => {
    expect(parseMounts(stdout)).toEqual([
      { source: 'sysfs', target: '/sys', type: 'sysfs' },
      { source: '/dev/mapper/SSD-images', target: '/srv/SSD/images', type: 'ext4' },
      { source: 'archives/my data', target: String.raw`/archives/my data\x`, type: 'zfs' },
    ]);
  });
});
