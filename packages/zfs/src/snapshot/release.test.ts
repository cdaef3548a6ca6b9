import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsReleaseCommand } from './release.js';

describe('zfsReleaseCommand', () => {
  it('builds the defaults', () => {
    expect(zfsReleaseCommand({ tag: 'keep', snapshots: 'tank/vm@monday' })).toEqual({
      file: 'zfs',
      args: ['release', '--', 'keep', 'tank/vm@monday'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const { args } = zfsReleaseCommand({ tag: 'run: $7 ü', snapshots: ['tank/a b@1', 'tank2@1'], recursive: true });
    expect(args).toEqual(['release', '-r', '--', 'run: $7 ü', 'tank/a b@1', 'tank2@1']);
  });

  it.each(['', '-r', 'tank', 'tank@', 'tank@a,b', 'tank@%', 'tank#mark', 'tank@a\n'])(
    'refuses the snapshot %j',
    (name) => {
      expect(() => zfsReleaseCommand({ tag: 'keep', snapshots: ['tank@1', name] })).toThrow(/^snapshots\[1\]: /);
    },
  );

  it.each(['', '-r', '.keep', 'a\tb', 'a\nb', 'a\0', '\n', 'a'.repeat(256), 'ü'.repeat(128)])(
    'refuses the tag %j',
    (tag) => {
      expect(() => zfsReleaseCommand({ tag, snapshots: 'tank@1' })).toThrow(/^tag: /);
    },
  );

  it('refuses no snapshot', () => {
    expect(() => zfsReleaseCommand({ tag: 'keep', snapshots: [] })).toThrow(InvalidArgumentError);
  });
});
