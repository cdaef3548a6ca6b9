import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import { parseReport } from '../parse-report.js';

/** What a run in the lab reported, as text. */
export function reportText(name: 'good-run' | 'failed-run'): string {
  return readFileSync(path.join(import.meta.dirname, '../__fixtures__', `${name}.json`), 'utf8');
}

/** A run on two guests that went well. */
export const goodRun: BackupReport = parseReport(reportText('good-run'));

/** A run whose snapshots filled up while they were copied. */
export const failedRun: BackupReport = parseReport(reportText('failed-run'));

/** What could break a page, a terminal, a label or a line. */
export const hostile = '</title><script>alert(1)</script>"\'&{}\\\n\x1b[31m\u202e]]>-->';

/** A failed run in which every text that comes from outside is hostile. */
export const hostileRun: BackupReport = {
  ...failedRun,
  runId: hostile,
  target: hostile,
  zfsSnapshot: { ...failedRun.zfsSnapshot, name: hostile, holdsRun: hostile },
  domains: failedRun.domains.map((domain) => ({ ...domain, name: hostile, stateBefore: hostile })),
  volumes: failedRun.volumes.map((volume) => ({
    ...{ ...volume, volume: hostile, snapshot: hostile },
    copy: volume.copy && { ...volume.copy, folder: hostile, source: hostile },
  })),
  hostRoot: failedRun.hostRoot.map((copy) => ({ ...copy, folder: hostile, source: hostile })),
  steps: failedRun.steps.map((step) => ({ ...step, subject: hostile })),
  problems: failedRun.problems.map((problem) => ({ ...problem, subject: hostile, message: hostile, error: hostile })),
  leftovers: [{ kind: 'domain', name: hostile, remedy: hostile }],
};
