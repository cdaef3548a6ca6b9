#!/usr/bin/env node
// `npm test`: sets up, the static checks, then every test. The last line is the count: tests as
// their runner counted them, and one failure for each other step that failed. Without dependencies,
// because it installs them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { errorsFile, failure, filesToRunAgain, readResults, summary, total, withSecondRun } from './test-results.mjs';

const root = path.dirname(import.meta.dirname);
const filters = process.argv.slice(2);

// Without these nothing else can be right: they come first, and end the run.
const setUp = [
  ['setup', process.execPath, 'scripts/setup.mjs'],
  [
    'packages that the lab needs',
    ...[process.execPath, '--conditions=@quiesce/source', '--import', 'tsx', 'lab/src/cli.ts', 'install'],
  ],
];

const checks = [
  ['lint', 'eslint', '.'],
  ['build', process.execPath, 'scripts/build.mjs'],
  ['docs', process.execPath, '--conditions=@quiesce/source', '--import', 'tsx', 'scripts/site/build-site.ts'],
  ['typecheck', 'tsc', '--project', 'tsconfig.json'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['knip', 'knip', '--no-progress'],
];

const running = new Set();
let interruption;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    interruption ??= name;
    for (const child of running) child.kill(name);
  });
}

/** Runs a program. What it prints goes where ours goes, or into a list. */
async function run(file, args, { env = {}, output } = {}) {
  if (interruption !== undefined) return false;
  const bin = path.join(root, 'node_modules', '.bin');
  const all = { ...process.env, ...env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  const stdio = output === undefined ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
  const child = spawn(file, args, { cwd: root, env: all, stdio });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
  running.add(child);
  return once(child, 'close')
    .then(
      ([code]) => code === 0,
      () => false,
    )
    .finally(() => running.delete(child));
}

/** Runs a step that is no test. What it comes to: nothing, or one failure. */
async function runStep([name, file, ...args]) {
  const started = Date.now();
  const good = await run(file, args);
  console.log(`${good ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return good ? [] : [failure(`${name} failed`)];
}

// Beside each other: many tests of the first wait for time to pass, and the browser of the last
// keeps one core busy.
const quickProjects = [['unit'], ['consumer', 'site']];

/** Runs tests; what they came to is in the results that the runner writes. */
async function runVitest(results, words, { env = {}, output } = {}) {
  mkdirSync(path.dirname(results), { recursive: true });
  for (const old of [results, errorsFile(results)]) rmSync(old, { force: true });
  const reporters = ['default', 'json', './scripts/unhandled-errors.mjs'].map((name) => `--reporter=${name}`);
  const all = ['run', ...reporters, `--outputFile.json=${results}`, ...words];
  const withErrors = { ...env, QUIESCE_UNHANDLED_ERRORS: errorsFile(results) };
  return readResults(results, await run('vitest', all, { env: withErrors, output }));
}

/** Runs the tests that need no lab: those beside the first are told of when they are over. */
async function runTests(words, suffix = '') {
  const runProjects = async (projects, index) => {
    const results = path.join(root, '.test-results', `${projects.join('-')}${suffix}.json`);
    const options = projects.map((project) => `--project=${project}`);
    const output = index === 0 ? undefined : [];
    const counts = await runVitest(
      results,
      [...options, ...(words.length > 0 ? ['--passWithNoTests', ...words] : [])],
      {
        output,
      },
    );
    if (output !== undefined) process.stdout.write(Buffer.concat(output));
    return counts;
  };
  return (await Promise.all(quickProjects.map(runProjects))).flat();
}

// The emulated machine of the lab ends by itself now and then, which says nothing of what is
// tested: docs/decisions/0009.
const machines = 3;

/** Runs one file in a lab of its own, in a new one where the machine of that ended. */
async function runFileInLab(file, suffix = '') {
  const name = path.relative(root, file);
  const results = path.join(root, '.test-results', 'e2e', `${name.replaceAll('/', '-')}${suffix}.json`);
  const ended = `${results}.machine-ended`;
  for (let machine = 1; ; machine += 1) {
    rmSync(ended, { force: true });
    const output = [];
    const env = { QUIESCE_MACHINE_ENDED: ended };
    const counts = await runVitest(results, ['--project=e2e', file], { env, output });
    process.stdout.write(Buffer.concat(output));
    if (machine === machines || interruption !== undefined || !existsSync(ended)) return counts;
    console.log(`The lab's machine ended by itself: ${name} runs again in another, of at most ${machines}`);
  }
}

/**
 * Runs the tests in the lab, two files at a time, each in a lab of its own: a machine has two
 * processors and keeps one of them busy, and what a test leaves no other meets.
 */
async function runInLab() {
  const list = path.join(root, '.test-results', 'e2e-files.json');
  if (!(await run('vitest', ['list', '--project=e2e', '--filesOnly', `--json=${list}`, ...filters]))) {
    return [failure('vitest does not list the tests of the lab')];
  }
  const files = JSON.parse(readFileSync(list, 'utf8')).map(({ file }) => file);
  // The longest first, as far as their size tells.
  const waiting = files.sort((one, other) => statSync(other).size - statSync(one).size);
  const lanes = process.env.QUIESCE_LAB ? 1 : 2;
  return inTurn(waiting, lanes, async (file) => {
    console.log(`… ${path.relative(root, file)}`);
    return runFileInLab(file);
  });
}

/** Does something with each of a list, so many at a time. What it comes to is one list. */
async function inTurn(list, lanes, act) {
  const waiting = [...list];
  const done = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) done.push(...(await act(next)));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}

/** Runs the checks, two at a time: each keeps one core busy. */
const runChecks = () => inTurn(checks, 2, runStep);

/** Runs files once more, each alone: docs/decisions/0019. */
async function runAgain(files) {
  const counts = [];
  for (const file of files) {
    const name = path.relative(root, file);
    console.log(`${name} runs again, alone`);
    const isInLab = name.includes(`${path.sep}e2e${path.sep}`);
    counts.push(...(isInLab ? await runFileInLab(file, '-again') : await runTests([file], '-again')));
  }
  return counts;
}

async function runAll() {
  for (const step of setUp) {
    const failures = await runStep(step);
    if (failures.length > 0) return failures;
  }
  const failures = await runChecks();
  const first = [...failures, ...(await runTests(filters)), ...(await runInLab())];
  const { passed, failed } = total(first);
  if (passed + failed === 0) return [...first, failure(`no test fits ${filters.join(' ')}`)];
  const files = process.env.CI === 'true' && interruption === undefined ? filesToRunAgain(first) : [];
  const { counts, unstable } = withSecondRun(first, await runAgain(files));
  for (const problem of unstable) console.log(`~ failed at first: ${problem}`);
  return counts;
}

const counts = await runAll();
const result = total(interruption === undefined ? counts : [failure(`stopped by ${interruption}`)]);
for (const problem of result.problems) console.log(`✗ ${problem}`);
process.exitCode = interruption === undefined ? Math.sign(result.failed) : 128 + constants.signals[interruption];
console.log(summary(result));
