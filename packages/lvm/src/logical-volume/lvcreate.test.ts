import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvcreateCommand, type LvcreateOptions } from './lvcreate.js';

const snapshot = { type: 'snapshot', origin: '/dev/SSD/images', name: 'images.1', sizeBytes: 8_388_608 } as const;
const linear = { type: 'linear', volumeGroup: 'SSD', name: 'images.1', sizeBytes: 8_388_608 } as const;

describe('lvcreateCommand of a snapshot', () => {
  it('builds the defaults', () => {
    expect(lvcreateCommand(snapshot)).toEqual({
      file: 'lvm',
      args: [
        ...['lvcreate', '-qq', '--config', 'log/report_command_log=0', '--yes'],
        ...['--snapshot', '--name', 'images.1', '--size', '8388608b', '--', 'SSD/images'],
      ],
      env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const options = { ...snapshot, chunkSizeBytes: 524_288, tags: ['quiesce.run=1', 'x/y'], waitForLock: false };
    expect(lvcreateCommand(options).args).toEqual([
      ...['lvcreate', '-qq', '--config', 'log/report_command_log=0 global/wait_for_locks=0', '--yes'],
      ...['--snapshot', '--name', 'images.1', '--size', '8388608b', '--chunksize', '524288b'],
      ...['--addtag', 'quiesce.run=1', '--addtag', 'x/y', '--', 'SSD/images'],
    ]);
  });
});

describe('lvcreateCommand of a plain volume', () => {
  it('builds the defaults', () => {
    expect(lvcreateCommand(linear)).toEqual({
      file: 'lvm',
      args: [
        ...['lvcreate', '-qq', '--config', 'log/report_command_log=0', '--yes'],
        ...['--type', 'linear', '--name', 'images.1', '--size', '8388608b', '--zero', 'y', '--wipesignatures', 'y'],
        ...['--', 'SSD'],
      ],
      env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const options = { ...linear, wipe: false, active: false, tags: ['quiesce.run=1'], waitForLock: false };
    expect(lvcreateCommand(options).args).toEqual([
      ...['lvcreate', '-qq', '--config', 'log/report_command_log=0 global/wait_for_locks=0', '--yes'],
      ...['--type', 'linear', '--name', 'images.1', '--size', '8388608b', '--addtag', 'quiesce.run=1'],
      ...['--zero', 'n', '--wipesignatures', 'n', '--activate', 'n', '--', 'SSD'],
    ]);
  });
});

describe('lvcreateCommand', () => {
  it.each<[string, LvcreateOptions]>([
    ['a name that is an option', { ...snapshot, name: '-x' }],
    ['a name with a blank', { ...linear, name: 'a b' }],
    ['a name with a line break', { ...linear, name: 'a\nb' }],
    ['a name with its group', { ...snapshot, name: 'SSD/images.1' }],
    ['a reserved name', { ...snapshot, name: 'snapshot1' }],
    ['a name too long for a snapshot', { ...snapshot, name: 'a'.repeat(120) }],
    ['a name too long for a volume', { ...linear, name: 'a'.repeat(124) }],
    ['an origin too long for a snapshot', { ...snapshot, origin: `SSD/${'a'.repeat(119)}` }],
    ['a group in place of an origin', { ...snapshot, origin: 'SSD' }],
    ['an origin elsewhere', { ...snapshot, origin: '/dev/../etc' }],
    ['a group that is an option', { ...linear, volumeGroup: '--all' }],
    ['a group that is a path', { ...linear, volumeGroup: '/dev/SSD' }],
    ['a size of half a sector', { ...snapshot, sizeBytes: 8_388_609 }],
    ['a chunk size that is no power of 2', { ...snapshot, chunkSizeBytes: 5000 }],
    ['a tag with a blank', { ...snapshot, tags: ['a b'] }],
    ['a tag that is an option', { ...linear, tags: ['-a'] }],
    ['wiping what is not active', { ...linear, active: false }],
    ['a type that there is not', { ...linear, type: 'thin' as 'linear' }],
  ])('refuses %s', (_what, options) => {
    expect(() => lvcreateCommand(options)).toThrow(InvalidArgumentError);
  });
});
