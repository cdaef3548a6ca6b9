import { OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseReport } from './parse-report.js';
import { failedRun, goodRun, hostileRun, reportText } from './testing/reports.js';

function refusal(text: string): string {
  try {
    parseReport(text);
  } catch (error) {
    if (OutputParseError.isInstance(error)) return error.message;
    throw error;
  }
  throw new Error('it was read');
}

describe('parseReport', () => {
  it('reads back what was written, with its times', () => {
    expect(goodRun.startedAt).toBeInstanceOf(Date);
    expect(goodRun.domains[0]?.resumedAt).toBeInstanceOf(Date);
    for (const report of [goodRun, failedRun, hostileRun]) {
      expect(parseReport(JSON.stringify(report))).toStrictEqual(report);
    }
    expect(JSON.parse(JSON.stringify(goodRun))).toStrictEqual(JSON.parse(reportText('good-run')));
  });

  it('passes over keys of a later version', () => {
    expect(parseReport(JSON.stringify({ ...goodRun, later: 1 }))).toStrictEqual(goodRun);
  });

  it('says what does not fit', () => {
    expect(refusal('{')).toContain('it is no JSON');
    expect(refusal('[]')).toContain('it: ');
    expect(refusal(JSON.stringify({ ...goodRun, version: 2 }))).toContain('version: ');
    const report = { ...goodRun, startedAt: 'yesterday', domains: [{ ...goodRun.domains[0], pausedMs: 'long' }] };
    expect(refusal(JSON.stringify(report))).toMatch(/startedAt: .*; domains\[0\]\.pausedMs: /);
  });
});
