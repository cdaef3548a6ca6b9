import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  errorsFile,
  failure,
  filesToRunAgain,
  readResults,
  summary,
  total,
  withSecondRun,
  type TestCounts,
} from './test-results.mjs';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'quiesce-results-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const passedFile = {
  name: 'a.test.ts',
  status: 'passed',
  message: '',
  assertionResults: [{ status: 'passed' }, { status: 'passed' }, { status: 'passed' }],
};
const good = { success: true, testResults: [passedFile] };

/** The last line for these results. */
function lastLine(results: unknown, succeeded: boolean, errors: readonly string[] = []): string {
  const file = path.join(folder, 'vitest.json');
  writeFileSync(file, typeof results === 'string' ? results : JSON.stringify(results));
  writeFileSync(errorsFile(file), JSON.stringify(errors));
  return summary(total(readResults(file, succeeded)));
}

describe('the last line of a test run', () => {
  it('counts what passed', () => {
    expect(lastLine(good, true)).toBe('3 passed, 0 failed');
  });

  it('tells skipped and planned tests', () => {
    const skipped = [{ status: 'skipped' }, { status: 'skipped' }, { status: 'todo' }];
    const file = { ...passedFile, assertionResults: [...passedFile.assertionResults, ...skipped] };
    expect(lastLine({ ...good, testResults: [file] }, true)).toBe('3 passed, 0 failed, 3 skipped');
  });

  it('counts what failed', () => {
    const test = { status: 'failed', fullName: 'a backup stops', failureMessages: ['it did not\n    at here'] };
    const file = { ...passedFile, status: 'failed', assertionResults: [test, { status: 'passed' }] };
    expect(lastLine({ success: false, testResults: [file] }, false)).toBe('1 passed, 1 failed');
    expect(total(readResults(path.join(folder, 'vitest.json'), false)).problems).toEqual([
      'a.test.ts: a backup stops: it did not',
    ]);
  });

  it('counts a file that did not load as one failure', () => {
    const file = { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] };
    expect(lastLine({ success: false, testResults: [passedFile, file] }, false)).toBe('3 passed, 1 failed');
  });

  it('counts an error outside of every test as one failure', () => {
    expect(lastLine({ ...good, success: false }, true)).toBe('3 passed, 1 failed');
    expect(lastLine(good, false)).toBe('3 passed, 1 failed');
  });

  it('counts an error outside of every test beside a test that failed, and nothing runs again', () => {
    const test = { status: 'failed', fullName: 'x', failureMessages: ['y'] };
    const file = { ...passedFile, status: 'failed', assertionResults: [test] };
    const results = { success: false, testResults: [passedFile, file] };
    expect(lastLine(results, false, ['a worker died\n    at x'])).toBe('3 passed, 2 failed');
    const counts = readResults(path.join(folder, 'vitest.json'), false);
    expect(total(counts).problems).toContain('outside of a test: a worker died');
    expect(filesToRunAgain(counts)).toEqual([]);
  });

  it('counts tests that did not end as a failure', () => {
    const file = { ...passedFile, assertionResults: [{ status: 'passed' }, { status: 'pending' }] };
    expect(lastLine({ success: true, testResults: [file] }, true)).toBe('1 passed, 1 failed');
  });

  it('says that it failed when there are no results, or torn ones', () => {
    expect(summary(total(readResults(path.join(folder, 'nothing.json'), true)))).toBe('0 passed, 1 failed');
    expect(lastLine('{"numPassed', false)).toBe('0 passed, 1 failed');
  });

  it('adds up several runs', () => {
    const run = { passed: 2, failed: 1, skipped: 1, problems: ['a lab that did not start'] };
    expect(total([run, { ...run, problems: [] }])).toEqual({ ...run, passed: 4, failed: 2, skipped: 2 });
  });

  it('counts a check that failed', () => {
    const run = { passed: 2, failed: 0, skipped: 0, problems: [] };
    expect(total([failure('lint failed'), run])).toEqual({ ...run, failed: 1, problems: ['lint failed'] });
  });
});

describe('files that run again', () => {
  const count = (file: string, problems: readonly string[] = []): TestCounts => ({
    ...{ file, ran: 2, passed: 2 - problems.length, failed: problems.length, skipped: 0, problems },
  });

  it('are those in which a test failed', () => {
    expect(filesToRunAgain([count('a'), count('b', ['b: x']), count('c', ['c: y', 'c: z'])])).toEqual(['b', 'c']);
  });

  it('are none where a check failed, or more than three files', () => {
    expect(filesToRunAgain([failure('lint failed'), count('b', ['b: x'])])).toEqual([]);
    expect(filesToRunAgain(['a', 'b', 'c', 'd'].map((file) => count(file, [`${file}: x`])))).toEqual([]);
  });

  it('count as they ended, and what failed at first is told', () => {
    const first = [count('a'), count('b', ['b: x']), failure('the build failed')];
    const { counts, unstable } = withSecondRun(first, [{ ...count('b'), passed: 3 }]);
    expect(total(counts)).toEqual({ passed: 5, failed: 1, skipped: 0, problems: ['the build failed'] });
    expect(unstable).toEqual(['b: x']);
  });

  it('count as they did at first where fewer tests ran', () => {
    const { counts, unstable } = withSecondRun(
      [count('b', ['b: x'])],
      [{ ...count('b'), ran: 1, passed: 1, skipped: 1 }],
    );
    expect(total(counts)).toMatchObject({ failed: 1, problems: ['b: x'] });
    expect(unstable).toEqual([]);
  });

  it('count as failed where they left no results', () => {
    const { counts, unstable } = withSecondRun([count('b', ['b: x'])], [failure('no results')]);
    expect(total(counts)).toEqual({ passed: 1, failed: 2, skipped: 0, problems: ['b: x', 'no results'] });
    expect(unstable).toEqual([]);
  });
});
