import { OutputParseError } from '@quiesce/command';
import { toDotPath } from 'zod/v4/core';
import type { BackupReport } from '../lvm-to-zfs-backup/report/report.js';
import { backupReportSchema } from './report-schema.js';

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OutputParseError('not the report of a backup: it is no JSON', { text, cause });
  }
}

/**
 * Reads back the report of a backup that was written with `JSON.stringify`. Times become `Date`
 * again, and what JSON left out reads as undefined. Keys that this version does not know are
 * dropped.
 *
 * @throws `OutputParseError` for what is no report of a backup, or of another version. It lists
 *   every key that does not fit.
 *
 * @example
 * ```ts
 * const report = parseReport(JSON.stringify(await lvmToZfsBackup({
 *   domains: [],
 *   volumes: ['/dev/SSD/images'],
 *   target: 'archives/backups',
 * }).run()));
 * console.log(report.startedAt.getFullYear());
 * ```
 */
export function parseReport(text: string): BackupReport {
  const { data, error } = backupReportSchema.safeParse(fromJson(text));
  if (error === undefined) return data;
  const reasons = error.issues.map(({ message, path }) => `${path.length === 0 ? 'it' : toDotPath(path)}: ${message}`);
  throw new OutputParseError(`not the report of a backup: ${reasons.join('; ')}`, { text });
}
