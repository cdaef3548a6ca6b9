import path from 'node:path';
import { format } from 'prettier';
import { backupReportJsonSchema } from '../../packages/backup-recipes/src/report-formats/json-schema.js';

/** Where the JSON Schema of a backup's report is published. */
export const schemaFile: string = path.join(
  import.meta.dirname,
  '../../packages/backup-recipes/schema/backup-report.json',
);

/** What stands there. */
export async function renderSchema(): Promise<string> {
  return format(JSON.stringify(backupReportJsonSchema()), { parser: 'json', printWidth: 120 });
}
