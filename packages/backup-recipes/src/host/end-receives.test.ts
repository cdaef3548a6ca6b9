import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, localTransport, run, type RunningCommand } from '@quiesce/command';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endReceivesCommand } from './end-receives.js';

let folder: string;
let running: RunningCommand[];

beforeEach(async () => {
  running = [];
  folder = await mkdtemp(path.join(tmpdir(), 'quiesce-receives-'));
  // bash reads what its first word names, under the name of another program.
  for (const name of ['receive', 'send']) await writeFile(path.join(folder, name), 'echo here\nread -r\n');
});

afterEach(async () => {
  for (const { stdin } of running) stdin.end();
  await Promise.all(running.map(async ({ result }) => result));
  await rm(folder, { recursive: true });
});

async function pretend(program: string, ...words: readonly string[]): Promise<RunningCommand> {
  const args = ['-c', 'cd "$1" && exec -a "$0" bash "${@:2}"', program, folder, ...words];
  const started = localTransport().start(createCommand('bash', args, { effect: 'write' }));
  running.push(started);
  for await (const _ of started.stdout) return started;
  throw new Error('it does not run');
}

const isRunning = async ({ result }: RunningCommand): Promise<boolean> =>
  Promise.race([result.then(() => false), delay(300, true)]);

it('ends what receives into that dataset, and nothing else', async () => {
  const dataset = `offsite/${path.basename(folder)}`;
  const ours = await pretend('zfs', 'receive', '-s', '-o', 'readonly=on', dataset);
  const others = [
    await pretend('zfs', 'receive', '-s', `${dataset}/below`),
    await pretend('zfs', 'send', dataset),
    await pretend('other', 'receive', dataset),
  ];
  const { stdout } = await run(localTransport(), endReceivesCommand({ dataset }));
  expect(stdout).toBe(`${String(await ours.pid)}\n`);
  expect(await isRunning(ours)).toBe(false);
  expect(await Promise.all(others.map(isRunning))).toEqual([true, true, true]);
  expect((await run(localTransport(), endReceivesCommand({ dataset }))).stdout).toBe('');
});
