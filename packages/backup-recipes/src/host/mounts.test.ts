import { describe, expect, it } from 'vitest';
import { mountinfoWord, mountOf, mountpointOf, parseMounts } from './mounts.js';

// Linux 6.12 of Debian 13
const stdout = [
  '22 28 0:21 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw',
  '28 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,errors=remount-ro',
  '42 28 252:3 / /srv/SSD/images rw,noatime shared:22 - ext4 /dev/mapper/SSD-images rw,stripe=128',
  String.raw`57 28 0:47 / /archives/my\040data\134x rw,relatime shared:31 - zfs archives/my\040data rw,xattr,posixacl,casesensitive`,
  '61 28 0:48 / /archives/backups rw,relatime - zfs archives/backups rw,xattr,posixacl,casesensitive',
  '62 28 0:48 /SSD.images /srv/copies rw,relatime - zfs archives/backups rw,xattr,posixacl,casesensitive',
  '',
].join('\n');
const mounts = parseMounts(stdout);
const tmpfs = (target: string): string => `99 28 0:61 / ${target} rw,relatime shared:4 - tmpfs tmpfs rw`;

describe('parseMounts', () => {
  it('reads what is mounted where, blanks and backslashes too', () => {
    expect(mounts).toHaveLength(6);
    expect(mounts[2]).toEqual({
      ...{ source: '/dev/mapper/SSD-images', target: '/srv/SSD/images', type: 'ext4', root: '/', device: '252:3' },
    });
    expect(mounts[3]).toMatchObject({
      source: 'archives/my data',
      target: String.raw`/archives/my data\x`,
      type: 'zfs',
    });
  });
});

describe('mountinfoWord', () => {
  it.each(mounts)('writes $target as the kernel does', ({ target }) => {
    expect(stdout).toContain(` ${mountinfoWord(target)} rw`);
  });
});

describe('mountOf', () => {
  it.each([
    ['/srv/SSD/images/MySQL.img', '/srv/SSD/images'],
    ['/srv/SSD/images2/MySQL.img', '/'],
    ['/archives/backups', '/archives/backups'],
    ['/archives/backups/SSD.images', '/archives/backups'],
  ])('tells what %s lies on', (path, target) => {
    expect(mountOf(path, mounts)?.target).toBe(target);
  });

  it('tells what covers another', () => {
    const covered = parseMounts(`${stdout}${tmpfs('/archives')}\n`);
    expect(mountOf('/archives/backups/SSD.images', covered)?.type).toBe('tmpfs');
  });
});

describe('mountpointOf', () => {
  it('tells where all of a dataset is', () => {
    expect(mountpointOf('archives/backups', mounts)).toBe('/archives/backups');
    expect(mountpointOf('archives', mounts)).toBeUndefined();
  });

  it.each(['/archives', '/archives/backups'])('does not take one that is covered at %s', (target) => {
    expect(mountpointOf('archives/backups', parseMounts(`${stdout}${tmpfs(target)}\n`))).toBeUndefined();
  });
});
