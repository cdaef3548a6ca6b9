import type { VerifyReport } from '@quiesce/backup-recipes';
import { expect, it } from 'vitest';
import { verifiedLines } from './verified-lines.js';

const folder = { runId: '2-abcdef01', files: 1, differences: 0, different: [] };
const report: VerifyReport = {
  ...{ version: 1, recipe: 'verifyBackup', outcome: 'success', startedAt: new Date(0), endedAt: new Date(1) },
  ...{ durationMs: 1, target: 'archives/backups', steps: [], problems: [] },
  pool: {
    ...{ name: 'archives', state: 'ONLINE', dataErrors: 0, damagedFiles: [] },
    ...{ scrubbedAt: undefined, scrubErrors: undefined },
  },
  backups: [
    {
      ...{ snapshot: undefined, runId: '2-abcdef01', at: new Date(2000), outcome: 'partly' },
      folders: [
        { ...folder, folder: 'SSD.images', outcome: 'whole', bytes: 2 ** 26 },
        { ...folder, folder: 'root', outcome: 'unknown', bytes: 0 },
      ],
    },
  ],
};

it('tells of each folder, and of the pool', () => {
  expect(verifiedLines(report)).toEqual([
    'state  folder      compared                   read',
    'now    SSD.images  whole                  64.0 MiB',
    'now    root        no checksums are kept       0 B',
    'pool archives: ONLINE, 0 data errors',
  ]);
});
