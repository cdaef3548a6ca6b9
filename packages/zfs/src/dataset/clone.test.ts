import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsCloneCommand } from './clone.js';

describe('zfsCloneCommand', () => {
  it('builds a clone', () => {
    expect(zfsCloneCommand({ snapshot: 'tank/vm@1', name: 'tank/copy' })).toEqual({
      file: 'zfs',
      args: ['clone', '--', 'tank/vm@1', 'tank/copy'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const properties = { mountpoint: 'none', 'quiesce:run': 'a b' };
    const { args } = zfsCloneCommand({ snapshot: 'tank@1', name: 'tank/a/b', parents: true, properties });
    expect(args).toEqual([
      ...['clone', '-p', '-o', 'mountpoint=none', '-o', 'quiesce:run=a b', '--', 'tank@1', 'tank/a/b'],
    ]);
  });

  it.each([
    ['tank/vm', 'tank/copy'],
    ['tank/vm@1', 'tank/copy@1'],
    ['tank/vm@1', 'other/copy'],
    ['tank/vm@1', '-o'],
  ])('refuses %j as %j', (snapshot, name) => {
    expect(() => zfsCloneCommand({ snapshot, name })).toThrow(InvalidArgumentError);
  });
});
