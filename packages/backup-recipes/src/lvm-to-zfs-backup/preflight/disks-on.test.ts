import type { LogicalVolume } from '@quiesce/lvm';
import { describe, expect, it } from 'vitest';
import type { DomainFacts } from '../../domains.js';
import { volumeNames } from '../names.js';
import { disksOn } from './disks-on.js';

const names = { epochSeconds: 1, mountRoot: '/run/backup', runId: '1-abcdef01' };
const volumes = [
  volumeNames({ volumeGroup: 'SSD', name: 'images' }, names),
  volumeNames({ volumeGroup: 'raid5', name: 'VM.images' }, names),
];
const lvs = [
  { volumeGroup: 'SSD', name: 'images', dmPath: '/dev/mapper/SSD-images' },
  { volumeGroup: 'raid5', name: 'VM.images', dmPath: '/dev/mapper/raid5-VM.images' },
] as LogicalVolume[];
const whole = { root: '/', device: '252:0' };
const mounts = [
  { source: '/dev/sda1', target: '/', type: 'ext4', ...whole },
  { source: '/dev/mapper/SSD-images', target: '/srv/SSD/images', type: 'ext4', ...whole },
  { source: '/dev/raid5/VM.images', target: '/srv/SSD/images/slow', type: 'ext4', ...whole },
];

function on(...disks: string[]): readonly number[] | undefined {
  const domain: DomainFacts = { name: 'MySQL', uuid: 'u', disks, state: 'running', mark: undefined };
  return disksOn([domain], volumes, lvs, mounts).get('u');
}

describe('disksOn', () => {
  it.each([
    ['on one volume', ['/srv/SSD/images/MySQL.img'], [0]],
    ['on the volume that is mounted deepest', ['/srv/SSD/images/slow/MySQL.img'], [1]],
    ['on both', ['/srv/SSD/images/slow/a.img', '/srv/SSD/images/b.img', '/srv/SSD/images/c.img'], [1, 0]],
    ['partly elsewhere', ['/srv/SSD/images/a.img', '/var/b.img'], [0, 1]],
    ['beside a mount whose name begins the same', ['/srv/SSD/images2/a.img'], [0, 1]],
    ['not known', [], [0, 1]],
  ])('tells the volumes of a guest whose disks are %s', (_, disks, found) => {
    expect(on(...disks)).toEqual(found);
  });
});
