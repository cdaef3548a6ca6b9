import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsHoldCommand } from './hold.js';

describe('zfsHoldCommand', () => {
  it('builds the defaults', () => {
    expect(zfsHoldCommand({ tag: 'keep', snapshots: 'tank/vm@monday' })).toEqual({
      file: 'zfs',
      args: ['hold', '--', 'keep', 'tank/vm@monday'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const { args } = zfsHoldCommand({ tag: 'run: $7 ü', snapshots: ['tank/a b@1', 'tank2@1'], recursive: true });
    expect(args).toEqual(['hold', '-r', '--', 'run: $7 ü', 'tank/a b@1', 'tank2@1']);
  });

  it.each(['', '-r', 'tank', 'tank@', 'tank@a,b', 'tank@%', 'tank#mark', 'tank@a\n'])(
    'refuses the snapshot %j',
    (name) => {
      expect(() => zfsHoldCommand({ tag: 'keep', snapshots: ['tank@1', name] })).toThrow(/^snapshots\[1\]: /);
    },
  );

  it.each(['', '-r', '.keep', 'a\tb', 'a\nb', 'a\0', '\n', 'a'.repeat(256), 'ü'.repeat(128)])(
    'refuses the tag %j',
    (tag) => {
      expect(() => zfsHoldCommand({ tag, snapshots: 'tank@1' })).toThrow(/^tag: /);
    },
  );

  it('refuses no snapshot', () => {
    expect(() => zfsHoldCommand({ tag: 'keep', snapshots: [] })).toThrow(InvalidArgumentError);
  });
});
