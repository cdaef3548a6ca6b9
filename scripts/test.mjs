#!/usr/bin/env node
// `npm test`: the static checks, then every test. The last line is the count, taken from the runner's own results.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { readResults, summary, total } from './test-results.mjs';

const root = path.dirname(import.meta.dirname);
const filters = process.argv.slice(2);

const checks = [
  ['build', process.execPath, 'scripts/build.mjs'],
  ['typecheck', 'tsc', '--project', 'tsconfig.json'],
  ['lint', 'eslint', '.'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['knip', 'knip', '--no-progress'],
  ['docs', 'typedoc', '--logLevel', 'Warn'],
];

function run(file, ...args) {
  const bin = path.join(root, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  return spawnSync(file, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function runChecks() {
  const failed = [];
  for (const [name, ...command] of checks) {
    const started = Date.now();
    const good = run(...command);
    console.log(`${good ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (!good) failed.push(name);
  }
  return failed;
}

/** Runs the tests of these projects; what they came to is in the results that the runner writes. */
function runTests(...projects) {
  const results = path.join(root, '.test-results', `${projects.join('-')}.json`);
  rmSync(results, { force: true });
  const succeeded = run(
    'vitest',
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...(filters.length > 0 ? ['--passWithNoTests', ...filters] : []),
  );
  return readResults(results, succeeded);
}

const failedChecks = runChecks();
// Apart, because a lab that does not start keeps every project of its run from starting.
const counts = total([runTests('unit', 'consumer'), runTests('e2e')]);

for (const problem of counts.problems) console.log(`✗ ${problem}`);
if (failedChecks.length > 0) console.log(`✗ static checks that failed: ${failedChecks.join(', ')}`);
process.exitCode = counts.failed === 0 && failedChecks.length === 0 ? 0 : 1;
console.log(summary(counts));
