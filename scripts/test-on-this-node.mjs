#!/usr/bin/env node
// Runs the unit tests with the Node that runs this file: `npx -p node@24 node` puts that Node first
// in the path.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const root = path.dirname(import.meta.dirname);
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
console.log(`Unit tests on Node ${process.versions.node}`);
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'unit', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
