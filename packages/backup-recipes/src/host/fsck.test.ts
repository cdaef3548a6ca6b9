import { describe, expect, it } from 'vitest';
import { fsckCommand, isChecked } from './fsck.js';

describe('fsckCommand', () => {
  it('repairs what is safe', () => {
    expect(fsckCommand({ device: '/dev/SSD/images.1' })).toEqual({
      file: 'fsck',
      args: ['-p', '/dev/SSD/images.1'],
      effect: 'write',
      stop: 'kill',
    });
  });
});

describe('isChecked', () => {
  it.each([
    ['ext2', [], true],
    ['ext3', [], true],
    ['ext4', [], true],
    ['xfs', ['fsck.xfs'], false],
    ['vfat', ['fsck.vfat'], true],
    ['vfat', ['fsck.f2fs'], false],
    ['udf', ['fsck.udf'], false],
  ])('%s, where the host has %j: %s', (fileSystem, programs, checked) => {
    expect(isChecked(fileSystem, new Set(programs))).toBe(checked);
  });
});
