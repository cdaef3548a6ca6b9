import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsUpgradeCommand, type ZfsUpgradeOptions } from './upgrade.js';

describe('zfsUpgradeCommand', () => {
  it('builds some file systems, and all', () => {
    expect(zfsUpgradeCommand({ filesystems: 'tank/home' })).toEqual({
      file: 'zfs',
      args: ['upgrade', '--', 'tank/home'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zfsUpgradeCommand({ all: true }).args).toEqual(['upgrade', '-a']);
  });

  it('builds all options', () => {
    const { args } = zfsUpgradeCommand({ filesystems: ['tank', 'depot'], recursive: true, version: 4 });
    expect(args).toEqual(['upgrade', '-r', '-V', '4', '--', 'tank', 'depot']);
    expect(zfsUpgradeCommand({ all: true, version: 5 }).args).toEqual(['upgrade', '-V', '5', '-a']);
  });

  // Without a name zfs would list what can be upgraded.
  it.each([
    {},
    { filesystems: [] },
    { filesystems: 'tank@1' },
    { filesystems: 'tank', all: true },
    { filesystems: 'tank', version: 6 },
    { all: true, recursive: true },
    { all: false },
  ])('refuses %j', (options) => {
    expect(() => zfsUpgradeCommand(options as ZfsUpgradeOptions)).toThrow(InvalidArgumentError);
  });
});
