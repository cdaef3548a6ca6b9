import { describe, expect, it } from 'vitest';
import { diskPlaces } from './disk-places.js';

const files = new Map([
  ['/dev/SSD/images', { device: '252:3', isDevice: true, isFolder: false }],
  ['/dev/raid5/VM.images', { device: '252:9', isDevice: true, isFolder: false }],
  ['/srv/a.img', { device: '252:9', isDevice: false, isFolder: false }],
  ['/var/b.img', { device: '8:1', isDevice: false, isFolder: false }],
  ['/dev/disk/by-id/dm-name-SSD-images', { device: '252:3', isDevice: true, isFolder: false }],
  ['/dev/mapper/inner-root', { device: '252:20', isDevice: true, isFolder: false }],
  ['/dev/loop/c.img', { device: '252:21', isDevice: false, isFolder: false }],
]);
const below = new Map([
  ['252:3', ['8:1']],
  ['252:20', ['252:19', '252:18']],
  ['252:18', ['252:9']],
  ['252:21', ['252:3']],
]);
const placeOf = diskPlaces(['/dev/SSD/images', '/dev/raid5/VM.images', '/dev/SSD/off'], files, below);

describe('diskPlaces', () => {
  it.each([
    ['a file on a volume', '/srv/a.img', { volume: 1, isDevice: false }],
    ['a file elsewhere, on what a volume lies on too', '/var/b.img', { volume: undefined, isDevice: false }],
    ['a volume by another name', '/dev/disk/by-id/dm-name-SSD-images', { volume: 0, isDevice: true }],
    ['a device on a partition of a volume', '/dev/mapper/inner-root', { volume: 1, isDevice: true }],
    ['a file on a file system on such a device', '/dev/loop/c.img', { volume: 0, isDevice: false }],
    ['what is not there', '/nowhere.img', undefined],
    ['what is no file', 'network', undefined],
  ])('tells the place of %s', (_, disk, place) => {
    expect(placeOf(disk)).toEqual(place);
  });
});
