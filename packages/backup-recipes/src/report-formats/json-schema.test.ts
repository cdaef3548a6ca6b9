import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hostileRun, goodRun, reportText } from './testing/reports.js';

const file = path.join(import.meta.dirname, '../../schema/backup-report.json');
const published = z.fromJSONSchema(JSON.parse(readFileSync(file, 'utf8')) as z.core.JSONSchema.JSONSchema);
const fits = (report: unknown): boolean => published.safeParse(report).success;

describe('the published schema', () => {
  it('fits real reports', () => {
    expect(fits(JSON.parse(reportText('good-run')))).toBe(true);
    expect(fits(JSON.parse(reportText('failed-run')))).toBe(true);
    expect(fits(JSON.parse(JSON.stringify(hostileRun)))).toBe(true);
  });

  it('fits a report with a key of a later version, and none that lacks one', () => {
    const good = JSON.parse(JSON.stringify(goodRun)) as Record<string, unknown>;
    expect(fits({ ...good, later: true })).toBe(true);
    expect(fits({ ...good, runId: undefined })).toBe(false);
    expect(fits({ ...good, startedAt: 'yesterday' })).toBe(false);
    expect(fits({ ...good, version: 2 })).toBe(false);
  });
});
