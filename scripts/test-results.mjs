// What the test runner's JSON results say, as the one line that a test run ends with.
import { readFileSync } from 'node:fs';

/** What a failed test met, in a line: the output in which it stands is long, and may be cut. */
const firstLine = (text) => text.split('\n', 1)[0];

/**
 * Counts the tests of a file. One that failed to load, or whose set-up failed, has no failed test
 * of its own: it counts as one.
 */
function countFile({ assertionResults, message, name, status }) {
  const failedTests = assertionResults.filter((test) => test.status === 'failed');
  const passed = assertionResults.filter((test) => test.status === 'passed').length;
  const skipped = assertionResults.filter((test) => test.status === 'skipped' || test.status === 'todo').length;
  const problems = failedTests.map(
    ({ failureMessages: [said = ''], fullName }) => `${name}: ${fullName}: ${firstLine(said)}`,
  );
  // Begun or waited for when their worker died: what is left out by intent is called otherwise.
  const unended = assertionResults.filter((test) => test.status === 'pending').length;
  if (unended > 0) problems.push(`${name}: ${unended} tests did not end`);
  if (problems.length === 0 && status === 'failed') problems.push(`${name}: ${firstLine(message)}`);
  return { file: name, ran: passed + failedTests.length, passed, failed: problems.length, skipped, problems };
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The file beside the results that `unhandled-errors.mjs` writes. */
export const errorsFile = (file) => `${file}.errors`;

/**
 * Counts the tests in a results file, for each file of tests. What failed outside of a test is one
 * more failure, of no file.
 *
 * @param {string} file where the runner wrote its results
 * @param {boolean} succeeded whether the runner itself ended well
 */
export function readResults(file, succeeded) {
  let results;
  let errors;
  try {
    results = readJson(file);
    errors = readJson(errorsFile(file));
  } catch {
    return [failure(`the test runner left no results in ${file}`)];
  }
  const counts = results.testResults.map(countFile);
  const outside = errors.map((message) => failure(`outside of a test: ${firstLine(message)}`));
  const isExplained = outside.length > 0 || counts.some(({ failed }) => failed > 0) || (succeeded && results.success);
  const unexplained = isExplained ? [] : [failure('the test runner failed outside of a test: see its output above')];
  return [...counts, ...outside, ...unexplained];
}

/** One failure of something that is no test. */
export function failure(problem) {
  return { passed: 0, failed: 1, skipped: 0, problems: [problem] };
}

// More than these are no accident.
const mostUnstable = 3;

/**
 * The files to run once more, since a test of theirs failed: none where more failed than a machine
 * can be blamed for, or anything that is no test.
 */
export function filesToRunAgain(counts) {
  const failed = counts.filter((count) => count.failed > 0);
  if (failed.length > mostUnstable || failed.some(({ file }) => file === undefined)) return [];
  return failed.map(({ file }) => file);
}

/**
 * The counts with those of the files that ran once more in place of what these came to at first.
 * One of which fewer tests ran than at first has proved nothing: it stays as it was.
 */
export function withSecondRun(first, again) {
  const better = (count) => again.find(({ file }) => file !== undefined && file === count.file);
  const isReplaced = (count) => (better(count)?.ran ?? -1) >= count.ran;
  const replaced = first.filter((count) => isReplaced(count));
  const files = new Set(replaced.map(({ file }) => file));
  const others = again.filter(({ file }) => file === undefined || files.has(file));
  return {
    counts: [...first.filter((count) => !replaced.includes(count)), ...others],
    unstable: replaced.flatMap(({ problems }) => problems),
  };
}

/** The counts of several files as one. */
export function total(counts) {
  const sum = (key) => counts.reduce((all, count) => all + count[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    problems: counts.flatMap(({ problems }) => problems),
  };
}

/** The last line: `12 passed, 0 failed`, with `, 1 skipped` when any was. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
