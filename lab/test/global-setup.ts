import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { createProgressPrinter, defaultRelease, isRelease, lastWords, useLab } from '../src/index.js';
import type {} from '../src/testing.js';

/** `scripts/test.mjs` looks for it: the failures after it say nothing of what is tested. */
const endedFile =
  process.env['QUIESCE_MACHINE_ENDED'] ?? path.join(import.meta.dirname, '../../.test-results/machine-ended');

/**
 * Leaves word where the lab's machine has ended by itself, which it does now and then:
 * docs/decisions/0009.
 */
async function tellIfEnded(name: string): Promise<void> {
  const said = await lastWords(name);
  if (said === undefined) return;
  process.stderr.write(`The lab's machine has ended by itself.\n${said}\n`);
  await mkdir(path.dirname(endedFile), { recursive: true });
  await writeFile(endedFile, said);
}

/**
 * Starts the one lab that the end-to-end tests share, before the first of them. `QUIESCE_LAB` names
 * one that is up already and stays so, which saves ten seconds while working on a test;
 * `QUIESCE_LAB_RELEASE` takes another Debian release.
 *
 * vitest is gone a millisecond after Ctrl-C. The lab's machine then ends with it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { onProgress, summarize } = createProgressPrinter((line) => process.stderr.write(`${line}\n`));
  const release = process.env['QUIESCE_LAB_RELEASE'] ?? defaultRelease;
  if (!isRelease(release)) throw new Error(`QUIESCE_LAB_RELEASE is ${release}, which is no release that the lab knows`);
  await rm(endedFile, { force: true });
  const lab = await useLab({ release, onProgress });
  summarize();
  project.provide('labName', lab.name);
  project.provide('labRelease', lab.release);
  project.provide('labSsh', lab.ssh);
  return async () => {
    try {
      await tellIfEnded(lab.name);
      await lab.stop();
    } catch (error) {
      // vitest only prints what a teardown throws.
      process.exitCode = 1;
      throw error;
    }
  };
}
