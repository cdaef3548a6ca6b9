import { expect, it } from 'vitest';
import type { PrunePlan } from './plan.js';
import { pruneToText } from './prune-to-text.js';

const plan: Omit<PrunePlan, 'toShell'> = {
  ...{ version: 1, recipe: 'pruneSnapshots', target: 'archives/backups', keep: { daily: 1 }, destroy: [] },
  ...{ timeZone: 'Europe/Berlin', at: new Date('2013-03-25T12:00:00Z'), freesBytes: 1_610_612_736 },
  snapshots: [
    {
      ...{
        name: 'archives/backups@daily.1364169586',
        at: new Date('2013-03-24T00:59:46Z'),
        runId: 'r',
        complete: true,
      },
      ...{ verified: 'whole', usedBytes: 1_288_490_189, keep: true, why: ['daily 2013-03-24', 'newest complete'] },
    },
    {
      ...{ name: 'archives/backups@by-hand', at: undefined, runId: undefined, complete: false },
      ...{ verified: undefined, usedBytes: undefined, keep: true, why: ['made by others'] },
    },
    {
      ...{ name: 'archives/backups@daily.1', at: new Date('2013-03-22T23:30:00Z'), runId: 'q', complete: false },
      ...{ verified: undefined, usedBytes: 700, keep: false, why: [] },
    },
    {
      ...{ name: 'archives/backups@daily.0', at: new Date('2013-03-21T00:59:46Z'), runId: 'p', complete: true },
      ...{ verified: 'damaged', usedBytes: 734_003_200, keep: false, why: [] },
    },
  ],
  warnings: [{ subject: 'archives/backups@daily.1', message: 'it is odd' }],
};

it('is a table that people read', () => {
  expect(pruneToText(plan)).toBe(
    [
      'archives/backups: 4 snapshots, 2 go (1.5 GiB)',
      '',
      '      SNAPSHOT          DATA OF (Europe/Berlin)  STATE       ALONE    KEPT AS',
      'keep  daily.1364169586  2013-03-24 01:59         verified    1.2 GiB  daily 2013-03-24, newest complete',
      'keep  by-hand                                    no run               made by others',
      'GOES  daily.1           2013-03-23 00:30         incomplete  700 B',
      'GOES  daily.0           2013-03-21 01:59         DAMAGED     700 MiB',
      '',
      '! archives/backups@daily.1: it is odd',
      '',
    ].join('\n'),
  );
});

it('says so where there is nothing', () => {
  expect(pruneToText({ ...plan, snapshots: [], warnings: [] })).toBe('archives/backups: 0 snapshots, none goes\n');
  const one = pruneToText({ ...plan, snapshots: plan.snapshots.slice(2, 3), warnings: [] });
  expect(one).toContain('1 snapshot, 1 goes (1.5 GiB)');
});
