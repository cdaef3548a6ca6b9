import { describe, expect, it } from 'vitest';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { resolvePruneOptions, type PruneSnapshotsOptions } from './options.js';

function problems(options: unknown): readonly PreflightProblem[] {
  try {
    resolvePruneOptions(options as PruneSnapshotsOptions);
  } catch (error) {
    if (PreflightError.isInstance(error)) return error.problems;
    throw error;
  }
  return [];
}

const target = 'archives/backups';

describe('resolvePruneOptions', () => {
  it('fills in the defaults', () => {
    expect(resolvePruneOptions({ target, keep: { daily: 7 } })).toMatchObject({
      ...{ target, keep: { daily: 7 }, limits: { readMs: 60_000, zfsMs: 300_000 } },
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      transport: { name: 'local' },
    });
  });

  it('takes every rule', () => {
    const keep = { last: 1, hourly: 2, daily: 3, weekly: 4, monthly: 5, yearly: 6, withinMs: 7 };
    expect(problems({ target, keep, timeZone: 'America/Argentina/Buenos_Aires' })).toEqual([]);
    expect(problems({ target, keep: { last: 1, daily: undefined, weekly: 0 } })).toEqual([]);
  });

  it.each([{}, { daily: 0 }, { last: undefined }, { last: 0, withinMs: 0 }])(
    'refuses %o, which keeps nothing',
    (keep) => {
      expect(problems({ target, keep })).toMatchObject([
        { option: 'keep', problem: expect.stringContaining('above 0') as string },
      ]);
    },
  );

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the number %d', (daily) => {
    expect(problems({ target, keep: { daily, last: 1 } })).toMatchObject([
      { option: 'keep.daily', value: String(daily), problem: 'not a whole number, 0 or more' },
    ]);
  });

  it.each(['Europe/Atlantis', '', '; rm -rf /', 'CET/'])('refuses the time zone %j', (timeZone) => {
    expect(problems({ target, keep: { daily: 1 }, timeZone })).toMatchObject([{ option: 'timeZone', value: timeZone }]);
  });

  it('tells of all at once', () => {
    const given = { target: '-x', keep: { withinMs: -1 }, timeZone: 'x y', limits: { zfsMs: 1 } };
    expect(problems(given).map(({ option }) => option)).toEqual([
      ...['target', 'keep.withinMs', 'timeZone', 'limits.zfsMs'],
    ]);
    expect(problems({ target, keep: { nightly: 7 } })).toMatchObject([{ option: 'keep.nightly' }]);
    expect(problems({ target })).toMatchObject([{ option: 'keep' }]);
    expect(problems({ target, keep: { daily: '7' } })).toMatchObject([{ option: 'keep.daily' }]);
    expect(problems({ target, keep: { daily: 7 }, recursive: true })).toMatchObject([{ option: 'recursive' }]);
    expect(problems(undefined)).toHaveLength(1);
  });
});
