import { OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseZpoolHistory, zpoolHistoryCommand } from './zpool-history.js';

describe('zpoolHistoryCommand', () => {
  it('builds the defaults and all options', () => {
    expect(zpoolHistoryCommand({ pool: 'tank' })).toEqual({
      file: 'zpool',
      args: ['history', '-l', '--', 'tank'],
      env: { TZ: 'UTC' },
      effect: 'read',
      stop: 'kill',
    });
    expect(zpoolHistoryCommand({ pool: 'tank', internal: true }).args).toEqual(['history', '-l', '-i', '--', 'tank']);
  });
});

describe('parseZpoolHistory', () => {
  // As OpenZFS 2.1.11 and 2.3.9 print it.
  const stdout = `History for 'healthp':
2026-11-26.07:25:36 [txg:5] set healthp (54) compression=2 [on quiesce-lab]
2026-11-26.07:25:41 zpool scrub -w -- healthp [user 0 (root) on quiesce-lab:linux]
2026-11-26.07:25:42 (711ms) ioctl scrub
    input:
        scan_type: 1
 [user 0 (root) on quiesce-lab:linux]

`;

  it('reads commands, and what ZFS did by itself', () => {
    expect(parseZpoolHistory(stdout)).toEqual([
      {
        time: new Date('2026-11-26T07:25:36Z'),
        text: 'set healthp (54) compression=2',
        transactionGroup: 5,
        user: undefined,
        host: 'quiesce-lab',
      },
      {
        time: new Date('2026-11-26T07:25:41Z'),
        text: 'zpool scrub -w -- healthp',
        transactionGroup: undefined,
        user: 'root',
        host: 'quiesce-lab',
      },
      expect.objectContaining({ text: '(711ms) ioctl scrub\n    input:\n        scan_type: 1', user: 'root' }),
    ]);
  });

  it('refuses what is no history', () => {
    expect(() => parseZpoolHistory('tank\n')).toThrow(OutputParseError);
  });
});
