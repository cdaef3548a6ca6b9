import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { DemoResult } from '../../src/demo.js';

const main = path.join(import.meta.dirname, '../../src/main.ts');

let directory: string;
beforeAll(async () => (directory = await mkdtemp(path.join(tmpdir(), 'quiesce-demo-'))));
afterAll(async () => {
  await rm(directory, { recursive: true });
  await inLab('rm', '-r', '--', '/archives/backups/etc', '/var/tmp/quiesce-demo');
});

async function inLab(file: string, ...words: readonly string[]): Promise<void> {
  await run(labTransport(), createCommand(file, words));
}

/** Runs the demo as `npm run demo` does, in the lab of this test run. */
async function demo(): Promise<{ exitCode: number | null; stdout: string; result: DemoResult }> {
  const json = path.join(directory, 'result.json');
  const files = ['--json', json, '--report', path.join(directory, 'report.html')];
  const words = ['--conditions=@quiesce/source', '--import', 'tsx', main, ...files];
  const child = spawn(process.execPath, words, {
    cwd: import.meta.dirname,
    env: { ...process.env, QUIESCE_LAB: inject('labName') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, exitCode] = await Promise.all([text(child.stdout), ended]);
  return { exitCode, stdout, result: JSON.parse(await readFile(json, 'utf8')) as DemoResult };
}

it('backs up twice, restores, and says so on the screen and in the file', async () => {
  const { exitCode, stdout, result } = await demo();
  expect(result.failures).toEqual([]);
  expect(stdout).toContain('All of it worked');
  expect(exitCode).toBe(0);
  expect(result).toMatchObject({ version: 1, reports: [{ outcome: 'success' }, { outcome: 'success' }] });
  expect(result.restore).toMatchObject({ problems: [], restored: { consistent: true }, now: { consistent: true } });
  expect(await readFile(path.join(directory, 'report.html'), 'utf8')).toContain('<svg');
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/complete yes, guests (?:MySQL, Server-Tim|Server-Tim, MySQL)/);
  expect(stdout).toContain('MySQL started in');
  expect(result.restore?.restoredDigest).toBe(result.restore?.frozenDigest);
});

it('names what failed, on the screen and in the file, and ends with 1', async () => {
  await inLab('zfs', 'unmount', 'archives/backups');
  try {
    const { exitCode, stdout, result } = await demo();
    expect(result.failures).toEqual([expect.stringContaining('not mounted')]);
    expect(stdout).toContain(`failed: ${result.failures.join()}`);
    expect(stdout).not.toContain('All of it worked');
    expect(exitCode).toBe(1);
  } finally {
    await inLab('zfs', 'mount', 'archives/backups');
  }
});
