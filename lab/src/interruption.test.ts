import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(path.join(tmpdir(), 'quiesce-interruption-'))));
afterAll(() => rm(directory, { recursive: true }));

/**
 * Starts a program that prints until it is interrupted, and then takes half a second to clean up.
 */
async function start(
  file: string,
): Promise<{ kill: (name: NodeJS.Signals) => void; close: () => void; ended: Promise<unknown> }> {
  const program = `
    import { writeFileSync } from 'node:fs';
    import { setTimeout as delay } from 'node:timers/promises';
    import { abortWhenInterrupted } from ${JSON.stringify(path.join(import.meta.dirname, 'interruption.ts'))};
    const signal = abortWhenInterrupted((reason) => console.log(reason));
    while (!signal.aborted) { console.log('works'); await delay(20); }
    await delay(500);
    writeFileSync(${JSON.stringify(file)}, signal.reason.message);
  `;
  const words = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, words, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([exitCode]: unknown[]) => exitCode);
  await once(child.stdout, 'data');
  child.stdout.resume();
  return { kill: (name) => child.kill(name), close: () => child.stdout.destroy(), ended };
}

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('cleans up after %s, also when it comes twice', async (name) => {
  const file = path.join(directory, name);
  const running = await start(file);
  running.kill(name);
  await delay(100);
  running.kill(name);
  expect(await running.ended).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[name]);
  expect(await readFile(file, 'utf8')).toBe(`stopped by ${name}`);
});

it('cleans up when nobody reads its output any more', async () => {
  const file = path.join(directory, 'closed');
  const running = await start(file);
  running.close();
  expect(await running.ended).toBe(141);
  expect(await readFile(file, 'utf8')).toBe('stopped by closed output: write EPIPE');
});
