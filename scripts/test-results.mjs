// What the test runner's JSON results say, as the one line that a test run ends with.
import { readFileSync } from 'node:fs';

/**
 * A file that failed to load, or whose set-up failed, has no failed test of its own: it counts as
 * one.
 */
function failedFiles({ testResults }) {
  return testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
}

/** Each failed test with what it met: the output in which it stands is long, and may be cut. */
function failedTests({ testResults }) {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages: [said = ''] }) => `${name}: ${fullName}: ${said.split('\n', 1)[0]}`),
  );
}

/**
 * Counts the tests in a results file.
 *
 * @param {string} file where the runner wrote its results
 * @param {boolean} succeeded whether the runner itself ended well
 * @returns {{ passed: number, failed: number, skipped: number, problems: string[] }}
 */
export function readResults(file, succeeded) {
  let results;
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return failure('the test runner left no results');
  }
  const files = failedFiles(results);
  const counts = {
    passed: results.numPassedTests,
    failed: results.numFailedTests + files.length,
    skipped: results.numPendingTests + results.numTodoTests,
    problems: [...failedTests(results), ...files.map(({ name, message }) => `${name}: ${message.split('\n', 1)[0]}`)],
  };
  if (counts.failed > 0 || (succeeded && results.success)) return counts;
  return { ...counts, failed: 1, problems: ['the test runner failed outside of a test: see its output above'] };
}

/** One failure of something that is no test. */
export function failure(problem) {
  return { passed: 0, failed: 1, skipped: 0, problems: [problem] };
}

/** The counts of several runs as one. */
export function total(runs) {
  const sum = (key) => runs.reduce((count, run) => count + run[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    problems: runs.flatMap((run) => run.problems),
  };
}

/** The last line: `12 passed, 0 failed`, with `, 1 skipped` when any was. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
