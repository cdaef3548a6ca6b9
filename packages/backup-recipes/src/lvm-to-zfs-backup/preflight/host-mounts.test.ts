import { describe, expect, it } from 'vitest';
import { parseMounts } from '../../host/mounts.js';
import { resolveOptions } from '../options/resolve-options.js';
import { hostMountsFor, hostMountsOf, hostRootProblems, leftOutWarnings } from './host-mounts.js';

const mounts = parseMounts(
  [
    '28 1 254:0 / / rw shared:1 - ext4 /dev/vda rw',
    '29 28 0:5 / /proc rw - proc proc rw',
    '30 28 0:21 / /sys rw - sysfs sysfs rw',
    '31 28 0:22 / /run rw - tmpfs tmpfs rw',
    '32 28 254:1 / /boot rw - ext4 /dev/vda1 rw',
    '33 32 254:2 / /boot/efi rw - vfat /dev/vda2 rw',
    '34 28 252:3 / /srv/SSD/images rw - ext4 /dev/mapper/SSD-images rw',
    '35 28 0:48 / /archives/backups rw - zfs archives/backups rw',
    '36 28 0:49 / /archives/media rw - zfs archives/media rw',
    '37 28 254:0 /var/lib /mnt/bind rw - ext4 /dev/vda rw',
    '38 28 254:7 / /home rw - xfs /dev/vdb rw',
    '39 28 0:60 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw',
    '40 28 0:61 / /mnt/nfs rw - nfs4 server:/x rw',
    '41 28 252:9 / /run/backup/1-abcdef01/SSD.images rw - ext4 /dev/mapper/SSD-images.1 ro',
    '',
  ].join('\n'),
);
const resolve = (hostRoot: object): ReturnType<typeof resolveOptions> =>
  resolveOptions({ domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups', hostRoot });
const volume = { volumeGroup: 'SSD', name: 'images', path: '/dev/SSD/images' };
const found = (hostRoot: object): ReturnType<typeof hostMountsFor> =>
  hostMountsFor(
    resolve(hostRoot),
    [volume] as never,
    [{ ...volume, dmPath: '/dev/mapper/SSD-images' }] as never,
    mounts,
  );

describe('hostMountsFor', () => {
  it('copies what the host boots from, and names what is left out', () => {
    expect(found({})).toEqual({ copied: ['/boot', '/boot/efi'], leftOut: ['/archives/media', '/home', '/mnt/nfs'] });
  });

  it('copies what it is told to, and does not name what the caller leaves out', () => {
    expect(found({ mounts: ['/home', '/nowhere'], exclude: ['/mnt/nfs', '/boot/*', 'media'] })).toEqual({
      copied: ['/home'],
      leftOut: [],
    });
    const exclude = ['/boot/efi/', '/home/**', '*.log', '/archives'];
    expect(found({ exclude })).toEqual({ copied: ['/boot'], leftOut: ['/mnt/nfs'] });
    expect(found({ exclude: ['boot'] }).copied).toEqual([]);
  });

  it('names what it was to copy and nobody has mounted yet', () => {
    const idle = parseMounts('28 1 254:0 / / rw - ext4 /dev/vda rw\n29 28 0:50 / /boot rw - autofs systemd-1 rw\n');
    expect(hostMountsFor(resolve({}), [volume] as never, [], idle)).toEqual({ copied: [], leftOut: ['/boot'] });
  });

  it('looks below the folder alone', () => {
    expect(found({ source: '/boot' })).toEqual({ copied: ['/boot/efi'], leftOut: [] });
    expect(found({ source: '/etc' })).toEqual({ copied: [], leftOut: [] });
  });

  it('does not count what is covered', () => {
    const covered = [...mounts, ...parseMounts('50 28 0:70 / /boot rw - tmpfs tmpfs rw\n')];
    const options = {
      mounts: covered,
      wanted: ['/boot', '/boot/efi'],
      isElsewhere: () => false,
      isExcluded: () => false,
    };
    expect(hostMountsOf('/', options).copied).toEqual([]);
  });
});

describe('leftOutWarnings', () => {
  const told = (copied: string[], leftOut: string[], inMounts = mounts): unknown[] => [
    ...leftOutWarnings(resolve({}), { copied, leftOut }, inMounts),
  ];

  it('names them once', () => {
    expect(told([], ['/home', '/mnt/nfs'])).toEqual([
      { subject: '/', message: expect.stringContaining('is old: /home, /mnt/nfs;') as string },
    ]);
    expect(told([], [])).toEqual([]);
  });

  it('tells that rsync leaves out what is a subvolume of btrfs', () => {
    const boot = parseMounts('60 28 0:71 / /boot rw - btrfs /dev/sda3 rw\n');
    expect(told(['/boot'], [], [...mounts, ...boot])).toEqual([
      { subject: '/', message: expect.stringMatching(/^\/boot lies on btrfs: .*subvolume list \/boot/) as string },
    ]);
  });
});

describe('hostRootProblems', () => {
  it.each([
    ['/', 0],
    ['/run', 0],
    ['/proc', 1],
    ['/sys/block', 1],
    ['/archives/backups', 1],
    ['/archives/backups/SSD.images', 1],
    ['/archives/media', 0],
  ])('of %s are %i', (source, count) => {
    expect([...hostRootProblems(resolve({ source }), mounts)]).toHaveLength(count);
  });

  it('are that it is not there, or is no folder', () => {
    const look = (isFolder: boolean | undefined): string[] => {
      const source = { device: '8:1', isDevice: false, isFolder: isFolder === true };
      const files = new Map(isFolder === undefined ? [] : [['/home', source]]);
      return [...hostRootProblems(resolve({ source: '/home' }), mounts, files)].map(
        ({ option, problem }) => `${option}: ${problem}`,
      );
    };
    expect(look(true)).toEqual([]);
    expect(look(false)).toEqual(['hostRoot.source: it is no folder']);
    expect(look(undefined)).toEqual(['hostRoot.source: the host has no such folder']);
  });

  it('are mounts of the caller that are not there: an empty folder would take the place of their copy', () => {
    const options = resolve({ mounts: ['/boot', '/gone'] });
    expect([...hostRootProblems(options, mounts)]).toEqual([
      {
        option: 'hostRoot.mounts[1]',
        value: '/gone',
        problem: 'nothing is mounted there: mount it, or leave it out of hostRoot.mounts',
      },
    ]);
  });

  it('are what its mounts are, too', () => {
    const options = resolve({ mounts: ['/boot', '/archives/backups', '/proc'] });
    expect([...hostRootProblems(options, mounts)].map(({ option }) => option)).toEqual([
      'hostRoot.mounts[1]',
      'hostRoot.mounts[2]',
    ]);
  });
});
