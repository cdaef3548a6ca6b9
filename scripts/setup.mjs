#!/usr/bin/env node
// Makes a fresh checkout ready with nothing but Node and npm: installs what the lockfile names,
// when that is not there yet. Plain JavaScript without dependencies, because it runs before there
// are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.dirname(import.meta.dirname);
const stamp = path.join(root, 'node_modules', '.quiesce-setup');

/** The files that decide what gets installed. */
function inputs() {
  const manifests = (folder) =>
    existsSync(path.join(root, folder))
      ? readdirSync(path.join(root, folder)).map((name) => path.join(folder, name, 'package.json'))
      : [];
  return ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests('packages'), ...manifests('.')]
    .filter((file) => existsSync(path.join(root, file)))
    .sort();
}

function fingerprint() {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch}\0`);
  for (const file of inputs())
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`quiesce needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

function install() {
  const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  console.error(`Installing dependencies with ${packageManager} …`);
  const { status, error } = spawnSync('npx', ['-y', packageManager, 'install', '--frozen-lockfile'], {
    cwd: root,
    // Without a terminal pnpm would otherwise stop and ask.
    env: { ...process.env, CI: 'true' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) return;
  console.error(`Installing the dependencies failed: ${error?.message ?? `pnpm ended with ${status}`}.`);
  process.exit(1);
}

checkNode();
const wanted = fingerprint();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  install();
  writeFileSync(stamp, wanted);
}
