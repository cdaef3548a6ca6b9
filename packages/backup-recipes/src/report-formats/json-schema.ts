import * as z from 'zod';
import { backupReportSchema } from './report-schema.js';

/**
 * The JSON Schema of a backup's report, of draft 2020-12. It is written to `schema/` by
 * `npm run schemas`, and not part of what a program loads.
 */
export function backupReportJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(backupReportSchema, { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    $id: 'https://github.com/quiesce/quiesce/schema/backup-report.json',
    title: 'BackupReport',
    ...schema,
  };
}
