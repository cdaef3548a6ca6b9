import process from 'node:process';
import type { TestProject } from 'vitest/node';
import {
  createProgressPrinter,
  defaultRelease,
  findLab,
  installMissingPackages,
  isRelease,
  startLab,
  type Lab,
  type OnProgress,
} from '../src/index.js';
import type {} from '../src/testing.js';

/**
 * Starts the one lab that the end-to-end tests share, before the first of them. `QUIESCE_LAB` names one that is up already
 * and stays so, which saves ten seconds while working on a test; `QUIESCE_LAB_RELEASE` takes another Debian release.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { onProgress, summarize } = createProgressPrinter((line) => process.stderr.write(`${line}\n`));
  const present = process.env['QUIESCE_LAB'];
  const lab = present === undefined ? await start(onProgress) : await requireLab(present);
  summarize();
  project.provide('labName', lab.name);
  project.provide('labSsh', lab.ssh);
  return async () => {
    if (present === undefined) await lab.stop();
  };
}

async function start(onProgress: OnProgress): Promise<Lab> {
  if (process.getuid?.() === 0) await installMissingPackages({ onProgress });
  const release = process.env['QUIESCE_LAB_RELEASE'] ?? defaultRelease;
  if (!isRelease(release)) throw new Error(`QUIESCE_LAB_RELEASE is ${release}, which is no release that the lab knows`);
  return startLab({ release, onProgress });
}

async function requireLab(name: string): Promise<Lab> {
  const lab = await findLab(name);
  if (lab === undefined) throw new Error(`QUIESCE_LAB names ${name}, but no such lab runs: pnpm lab up --name ${name}`);
  return lab;
}
