import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsMountCommand, type ZfsMountOptions } from './mount.js';
import { zfsUnmountCommand, type ZfsUnmountOptions } from './unmount.js';

describe('zfsMountCommand', () => {
  it('builds one file system, and all', () => {
    expect(zfsMountCommand({ filesystem: 'tank/my vm' })).toEqual({
      file: 'zfs',
      args: ['mount', '--', 'tank/my vm'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsMountCommand({ all: true }).args).toEqual(['mount', '-a']);
  });

  it('builds all options', () => {
    const flags = { force: true, loadKey: true, overlay: true, mountOptions: ['ro', 'noatime'] };
    const words = ['mount', '-f', '-l', '-O', '-o', 'ro,noatime'];
    expect(zfsMountCommand({ filesystem: 'tank', ...flags }).args).toEqual([...words, '--', 'tank']);
    expect(zfsMountCommand({ all: true, ...flags }).args).toEqual([...words, '-a']);
  });

  // Without a name zfs would list what is mounted, and call that a success.
  it.each([{ all: false }, { all: 'yes' }, {}, { filesystem: 'tank', all: true }, { filesystem: 'tank@1' }])(
    'refuses %j',
    (options) => {
      expect(() => zfsMountCommand(options as ZfsMountOptions)).toThrow(InvalidArgumentError);
      expect(() => zfsUnmountCommand(options as ZfsUnmountOptions)).toThrow(InvalidArgumentError);
    },
  );

  it.each(['ro,rw', '-o', '', 'a b'])('refuses the mount option %j', (mountOptions) => {
    expect(() => zfsMountCommand({ filesystem: 'tank', mountOptions })).toThrow(/^mountOptions: /);
  });
});

describe('zfsUnmountCommand', () => {
  it('builds one file system, and all', () => {
    expect(zfsUnmountCommand({ filesystem: 'tank/vm' })).toEqual({
      file: 'zfs',
      args: ['unmount', '--', 'tank/vm'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsUnmountCommand({ all: true, force: true, unloadKey: true }).args).toEqual(['unmount', '-f', '-u', '-a']);
  });
});
