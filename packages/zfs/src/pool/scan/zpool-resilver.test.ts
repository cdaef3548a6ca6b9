import { describe, expect, it } from 'vitest';
import { zpoolResilverCommand } from './zpool-resilver.js';

describe('zpoolResilverCommand', () => {
  it('builds all options', () => {
    expect(zpoolResilverCommand({ pools: ['tank', 'a b'] })).toEqual({
      file: 'zpool',
      args: ['resilver', '--', 'tank', 'a b'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('refuses what is no pool', () => {
    expect(() => zpoolResilverCommand({ pools: 'tank/a' })).toThrow(/^pools: /);
  });
});
