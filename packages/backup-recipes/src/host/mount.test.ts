import { describe, expect, it } from 'vitest';
import { mountCommand, umountCommand } from './mount.js';

describe('mountCommand', () => {
  it.each([
    ['ext4', 'ro'],
    ['xfs', 'ro,nouuid'],
  ])('mounts an %s with %s', (fileSystem, flags) => {
    expect(mountCommand({ device: '/dev/SSD/images.1', folder: '/run/backup/1/SSD.images', fileSystem })).toEqual({
      file: 'mount',
      args: ['-o', flags, '--', '/dev/SSD/images.1', '/run/backup/1/SSD.images'],
      effect: 'write',
      stop: 'wait',
    });
  });
});

describe('umountCommand', () => {
  it('unmounts one folder', () => {
    expect(umountCommand({ folder: '/run/backup/1/SSD.images' })).toMatchObject({
      file: 'umount',
      args: ['--', '/run/backup/1/SSD.images'],
      effect: 'write',
    });
  });
});
