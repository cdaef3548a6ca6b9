import { describe, expect, it } from 'vitest';
import type { DomainFacts } from '../../domains.js';
import type { DiskPlace } from './disk-places.js';
import { parseMounts } from '../../host/mounts.js';
import { disksOn, mountPointOf } from './disks-on.js';

const places: Readonly<Record<string, DiskPlace>> = {
  '/srv/fast.img': { volume: 0, isDevice: false },
  '/srv/slow.img': { volume: 1, isDevice: false },
  '/srv/slow2.img': { volume: 1, isDevice: false },
  '/var/else.img': { volume: undefined, isDevice: false },
};

function on(...disks: string[]): readonly number[] | undefined {
  const domain: DomainFacts = {
    name: 'MySQL',
    uuid: 'u',
    isActive: true,
    disks,
    state: 'running',
    definition: undefined,
    mark: undefined,
  };
  return disksOn([domain], ['/dev/SSD/images', '/dev/raid5/VM.images'], (disk) => places[disk]).get('u');
}

describe('disksOn', () => {
  it.each([
    ['on one volume', ['/srv/fast.img'], [0]],
    ['on both', ['/srv/slow.img', '/srv/fast.img', '/srv/slow2.img'], [1, 0]],
    ['partly elsewhere', ['/srv/slow.img', '/var/else.img'], [1]],
    ['partly not known', ['/srv/slow.img', 'network'], [0, 1]],
    ['on none', ['/var/else.img'], [0, 1]],
    ['not there', [], [0, 1]],
  ])('tells the volumes of a guest whose disks are %s', (_, disks, found) => {
    expect(on(...disks)).toEqual(found);
  });
});

describe('mountPointOf', () => {
  const mounts = parseMounts(
    [
      '42 28 252:3 / /srv/SSD/images rw - ext4 /dev/mapper/SSD-images rw',
      '43 28 252:3 / /mnt/again rw - ext4 /dev/mapper/SSD-images rw',
      '44 28 252:5 / /srv/slow rw - xfs /dev/mapper/raid5-VM.images rw',
      '45 28 0:61 / /srv/slow rw - tmpfs tmpfs rw',
      '',
    ].join('\n'),
  );
  const files = new Map([
    ['/dev/SSD/images', { device: '252:3', isDevice: true, isFolder: false }],
    ['/dev/raid5/VM.images', { device: '252:5', isDevice: true, isFolder: false }],
    ['/dev/SSD/idle', { device: '252:7', isDevice: true, isFolder: false }],
  ]);

  it('tells where volumes can be reached', () => {
    const volumes = [...files.keys(), '/dev/SSD/gone'];
    const found = volumes.map((volume) => mountPointOf(volume, files, mounts));
    expect(found).toEqual(['/srv/SSD/images', undefined, undefined, undefined]);
  });
});
