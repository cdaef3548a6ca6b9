import { BootTestFailedError, type BootReport } from '@quiesce/backup-recipes';
import { expect, it } from 'vitest';
import { bootLines, startFromBackup } from './boot-lines.js';

const report: BootReport = {
  ...{ version: 1, recipe: 'bootTest', outcome: 'success', startedAt: new Date(0), endedAt: new Date(49_000) },
  ...{ durationMs: 49_000, testId: '1-0a0b0c0d', target: 'archives/backups', guest: 'MySQL', snapshot: undefined },
  ...{ runId: '2-abcdef01', at: new Date(2000), images: [], leftOut: [], ended: 'sign', signMs: 19_391 },
  ...{ console: ['1', '2', '3', 'guest: writing from record 31'], leftovers: [], steps: [], problems: [] },
};

it('tells how long a guest took to start, and what it printed', () => {
  expect(bootLines(report)).toEqual([
    'MySQL started in 19.4 s from run 2-abcdef01, and is gone again after 49.0 s',
    'the last that it printed:',
    '  2',
    '  3',
    '  guest: writing from record 31',
  ]);
});

it('starts a guest again that died before it printed anything, and no other', async () => {
  const died: BootReport = { ...report, outcome: 'failed', ended: 'guest-ended', console: [] };
  const lines: string[] = [];
  const outcomes = [new BootTestFailedError(died), undefined];
  const start = (): Promise<BootReport> => {
    const error = outcomes.shift();
    return error === undefined ? Promise.resolve(report) : Promise.reject(error);
  };
  expect(await startFromBackup(start, (line) => lines.push(line))).toBe(report);
  expect(lines).toHaveLength(1);
  const error = new BootTestFailedError({ ...died, console: ['panic'] });
  await expect(startFromBackup(() => Promise.reject(error), String)).rejects.toBe(error);
});
