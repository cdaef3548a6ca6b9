import { describe, expect, it } from 'vitest';
import { zpoolWaitCommand } from './zpool-wait.js';

describe('zpoolWaitCommand', () => {
  it('builds the defaults and all options', () => {
    const command = { file: 'zpool', args: ['wait', '--', 'tank'], effect: 'read', stop: 'kill' };
    expect(zpoolWaitCommand({ pool: 'tank' })).toEqual(command);
    const { args } = zpoolWaitCommand({ pool: 'tank', activities: ['scrub', 'resilver'] });
    expect(args).toEqual(['wait', '-t', 'scrub,resilver', '--', 'tank']);
  });

  it('refuses what is no pool', () => {
    expect(() => zpoolWaitCommand({ pool: '-t' })).toThrow(/^pool: /);
  });
});
