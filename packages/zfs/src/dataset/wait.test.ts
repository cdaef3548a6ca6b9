import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsWaitCommand } from './wait.js';

describe('zfsWaitCommand', () => {
  it('builds the defaults', () => {
    expect(zfsWaitCommand({ filesystem: 'tank/home' })).toEqual({
      file: 'zfs',
      args: ['wait', '--', 'tank/home'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = zfsWaitCommand({ filesystem: 'tank', activities: ['deleteq'] });
    expect(args).toEqual(['wait', '-t', 'deleteq', '--', 'tank']);
  });

  it.each(['', '-t', 'tank@1'])('refuses the name %j', (filesystem) => {
    expect(() => zfsWaitCommand({ filesystem })).toThrow(InvalidArgumentError);
  });
});
