#!/usr/bin/env node
// Builds every package, two at a time. The order does not matter: types come from the packages'
// sources, not their builds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.dirname(import.meta.dirname);
const packages = path.join(root, 'packages');
const tsup = path.join(root, 'node_modules', 'tsup', 'dist', 'cli-default.js');

/** Builds one package; what tsup said is shown only when it failed. */
async function build(name) {
  const child = spawn(process.execPath, [tsup, '--silent'], { cwd: path.join(packages, name) });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const [code] = await once(child, 'close');
  if (code === 0) return console.log(`built ${name}`);
  console.error(`building ${name} failed\n${Buffer.concat(output).toString()}`);
  process.exitCode = 1;
}

const queue = readdirSync(packages).filter((name) => existsSync(path.join(packages, name, 'tsup.config.ts')));
const worker = async () => {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) await build(name);
};
await Promise.all([worker(), worker()]);
