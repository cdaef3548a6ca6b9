import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsRollbackCommand } from './rollback.js';

describe('zfsRollbackCommand', () => {
  it('builds a snapshot', () => {
    expect(zfsRollbackCommand({ snapshot: 'tank/vm@1' })).toEqual({
      file: 'zfs',
      args: ['rollback', '--', 'tank/vm@1'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const snapshot = 'tank/my vm@1';
    const { args } = zfsRollbackCommand({ snapshot, destroyNewer: true, destroyClones: true, force: true });
    expect(args).toEqual(['rollback', '-r', '-R', '-f', '--', snapshot]);
  });

  it('refuses a dataset, and force where there is nothing to force', () => {
    expect(() => zfsRollbackCommand({ snapshot: 'tank/vm' })).toThrow(InvalidArgumentError);
    expect(() => zfsRollbackCommand({ snapshot: 'tank/vm@1', force: true })).toThrow(/^force: /);
  });
});
