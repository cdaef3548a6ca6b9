import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsPromoteCommand } from './promote.js';

describe('zfsPromoteCommand', () => {
  it('builds a clone', () => {
    expect(zfsPromoteCommand({ dataset: 'tank/copy' })).toEqual({
      file: 'zfs',
      args: ['promote', 'tank/copy'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it.each(['', '-a', 'tank@1', 'tank/a#b'])('refuses %j', (dataset) => {
    expect(() => zfsPromoteCommand({ dataset })).toThrow(InvalidArgumentError);
  });
});
