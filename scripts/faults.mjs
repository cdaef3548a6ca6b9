#!/usr/bin/env node
// `npm run test:faults`: breaks a backup at every event and command of it, in the lab, and prints
// what came of it. `npm test` does a few of them. Further words are for vitest; QUIESCE_FAULTS_ONLY
// is a pattern of the faults' names.
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const root = path.dirname(import.meta.dirname);
const words = ['run', '--project', 'e2e', '--reporter=verbose', 'packages/backup-recipes/test/e2e/faults'];
const child = spawn(path.join(root, 'node_modules', '.bin', 'vitest'), [...words, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, QUIESCE_FAULTS: 'all' },
});
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
