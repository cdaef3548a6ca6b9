import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsShareCommand, type ZfsShareOptions } from './share.js';
import { zfsUnshareCommand, type ZfsUnshareOptions } from './unshare.js';

describe('zfsShareCommand', () => {
  it('builds one file system, and all', () => {
    expect(zfsShareCommand({ filesystem: 'tank/my home' })).toEqual({
      file: 'zfs',
      args: ['share', '--', 'tank/my home'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsShareCommand({ all: true }).args).toEqual(['share', '-a']);
  });

  it('builds all options', () => {
    expect(zfsShareCommand({ filesystem: 'tank', loadKey: true }).args).toEqual(['share', '-l', '--', 'tank']);
    expect(zfsShareCommand({ all: true, loadKey: true, protocol: 'smb' }).args).toEqual(['share', '-l', '-a', 'smb']);
  });

  it.each([
    { all: false },
    {},
    { filesystem: 'tank', all: true },
    { filesystem: 'tank@1' },
    { filesystem: 'tank', protocol: 'nfs' },
    { all: true, protocol: 'afp' },
  ])('refuses %j', (options) => {
    expect(() => zfsShareCommand(options as ZfsShareOptions)).toThrow(InvalidArgumentError);
    expect(() => zfsUnshareCommand(options as ZfsUnshareOptions)).toThrow(InvalidArgumentError);
  });
});

describe('zfsUnshareCommand', () => {
  it('builds one file system, and all', () => {
    expect(zfsUnshareCommand({ filesystem: 'tank/home' })).toEqual({
      file: 'zfs',
      args: ['unshare', '--', 'tank/home'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsUnshareCommand({ all: true }).args).toEqual(['unshare', '-a']);
    expect(zfsUnshareCommand({ all: true, protocol: 'nfs' }).args).toEqual(['unshare', '-a', 'nfs']);
  });
});
