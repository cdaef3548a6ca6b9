import { describe, expect, it } from 'vitest';
import { zpoolScrubCommand } from './zpool-scrub.js';

describe('zpoolScrubCommand', () => {
  it('builds the defaults', () => {
    expect(zpoolScrubCommand({ pools: 'tank' })).toEqual({
      file: 'zpool',
      args: ['scrub', '--', 'tank'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const pools = ['tank', 'a b'];
    expect(zpoolScrubCommand({ pools, errorsOnly: true, wait: true })).toMatchObject({
      args: ['scrub', '-e', '-w', '--', ...pools],
      stop: 'kill',
    });
    expect(zpoolScrubCommand({ pools, sinceLast: true, action: 'start' }).args).toEqual([
      'scrub',
      '-C',
      '--',
      ...pools,
    ]);
    expect(zpoolScrubCommand({ pools, action: 'pause' }).args).toEqual(['scrub', '-p', '--', ...pools]);
    expect(zpoolScrubCommand({ pools, action: 'stop' }).args).toEqual(['scrub', '-s', '--', ...pools]);
  });

  it('refuses what does not go together, and what is no pool', () => {
    expect(() => zpoolScrubCommand({ pools: 'tank', action: 'stop', wait: true })).toThrow(/^action: /);
    expect(() => zpoolScrubCommand({ pools: 'tank', errorsOnly: true, sinceLast: true })).toThrow(/^sinceLast: /);
    expect(() => zpoolScrubCommand({ pools: ['tank', '-a'] })).toThrow(/^pools\[1\]: /);
  });
});
