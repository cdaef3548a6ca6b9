#!/usr/bin/env node
// `npm test`: sets up, the static checks, then every test. The last line is the count: tests as
// their runner counted them, and one failure for each other step that failed. Without dependencies,
// because it installs them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { failure, partResults, readResults, summary, total } from './test-results.mjs';

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

async function run(file, ...args) {
  if (interruption !== undefined) return false;
  const bin = path.join(root, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  running.add(child);
  return once(child, 'exit')
    .then(
      ([code]) => code === 0,
      () => false,
    )
    .finally(() => running.delete(child));
}

/** Runs a step that is no test. What it comes to: nothing, or one failure. */
async function runStep([name, ...command]) {
  const started = Date.now();
  const good = await run(...command);
  console.log(`${good ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return good ? [] : [failure(`${name} failed`)];
}

const resultsOf = (projects) => path.join(root, '.test-results', `${projects.join('-')}.json`);

/** Runs the tests of these projects; what they came to is in the results that the runner writes. */
async function runTests(projects, files = filters) {
  const results = resultsOf(projects);
  rmSync(results, { force: true });
  const succeeded = await run(
    'vitest',
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...(files.length > 0 ? ['--passWithNoTests', ...files] : []),
  );
  return readResults(results, succeeded);
}

// The emulated machine of the lab ends by itself now and then, which says nothing of what is
// tested: docs/decisions/0009.
const machineEnded = path.join(root, '.test-results', 'machine-ended');
const machines = 3;

/**
 * Runs the tests in the lab. Where its machine ended, the files in which something failed run again
 * in a new one.
 */
async function runInLab() {
  const project = ['e2e'];
  const kept = [];
  rmSync(machineEnded, { force: true });
  let counts = await runTests(project);
  for (
    let machine = 2;
    machine <= machines && existsSync(machineEnded) && existsSync(resultsOf(project));
    machine += 1
  ) {
    const { good, again } = partResults(resultsOf(project));
    if (again.length === 0) break;
    console.log(`The lab's machine ended by itself. In machine ${machine} of at most ${machines}: ${again.join(' ')}`);
    kept.push(good);
    counts = await runTests(project, again);
  }
  return total([...kept, counts]);
}

/** Runs the checks, two at a time: each keeps one core busy. */
async function runChecks() {
  const waiting = [...checks];
  const failures = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      failures.push(...(await runStep(check)));
    }
  };
  await Promise.all([worker(), worker()]);
  return failures;
}

async function runAll() {
  for (const step of setUp) {
    const failures = await runStep(step);
    if (failures.length > 0) return failures;
  }
  const failures = await runChecks();
  // Apart, because a lab that does not start keeps every project of its run from starting.
  const runs = [await runTests(['unit', 'consumer', 'site']), await runInLab()];
  const { passed, failed } = total(runs);
  return [...failures, ...runs, ...(passed + failed === 0 ? [failure(`no test fits ${filters.join(' ')}`)] : [])];
}

const parts = await runAll();
const counts = total(interruption === undefined ? parts : [failure(`stopped by ${interruption}`)]);
for (const problem of counts.problems) console.log(`✗ ${problem}`);
process.exitCode = interruption === undefined ? Math.sign(counts.failed) : 128 + constants.signals[interruption];
console.log(summary(counts));
