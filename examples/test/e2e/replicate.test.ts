import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createCommand, localTransport, run, type Command } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleCommand, inLab } from '../example-in-lab.js';

const pool = 'quiesce-replicate';
const image = `/var/tmp/${pool}.image`;
const from = `${pool}/from`;
const to = `${pool}/to`;
let folder: string;

async function shell(script: string): Promise<void> {
  const args = ['-euc', script, 'sh', pool, image];
  await run(labTransport(), createCommand('sh', args, { effect: 'write' }));
}

const wipe = `
  if zpool list "$1" >/dev/null 2>&1; then zpool destroy -f "$1"; fi
  if [ -d "/$1" ]; then rmdir "/$1"; fi
  rm -f "$2"`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'quiesce-example-'));
  await shell(`${wipe}
    truncate -s 256M "$2"
    zpool create "$1" "$2"
    zfs create "$1/from"
    head -c 16M /dev/urandom >"/$1/from/file"
    zfs snapshot "$1/from@monday"
    echo more >"/$1/from/file2"
    zfs snapshot "$1/from@tuesday"`);
});
afterAll(async () => {
  await shell(wipe);
  await rm(folder, { recursive: true, force: true });
});

async function replicate(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Command> {
  const hosts = { QUIESCE_FROM: 'hypervisor', QUIESCE_TO: 'hypervisor', ...env };
  return exampleCommand(folder, ['examples/replicate.ts', ...words], hosts);
}

const guid = async (snapshot: string): Promise<string> => inLab('zfs', 'get', '-H', '-o', 'value', 'guid', snapshot);

test('a transfer that is interrupted goes on, and the next one sends what changed', async () => {
  const first = [`${from}@monday`, to];
  const running = localTransport().start(await replicate(first, { QUIESCE_LIMIT: String(1024 ** 2) }));
  running.stdin.end();
  let said = '';
  running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const pid = await running.pid;
  let progress = '';
  for await (const chunk of running.stdout) {
    progress += String(chunk);
    // In the middle of it: two megabytes or more are there.
    if (/^[2-9]\d{6} of about \d{8} bytes$/m.test(progress) && pid !== undefined) process.kill(pid, 'SIGINT');
  }
  expect((await running.result).exitCode).not.toBe(0);
  expect(said).toContain('AbortedError');
  expect(await inLab('zfs', 'list', '-H', '-t', 'snapshot', '-o', 'name', to)).toBe('');

  const rest = await run(localTransport(), await replicate(first));
  const [, sent] =
    /^quiesce-replicate\/to@monday is there: (\d+) bytes, the rest of an earlier run$/m.exec(rest.stdout) ?? [];
  expect(Number(sent)).toBeGreaterThan(0);
  expect(Number(sent)).toBeLessThan(16 * 1024 ** 2);
  expect(await guid(`${to}@monday`)).toBe(await guid(`${from}@monday`));

  const next = await run(localTransport(), await replicate([`${from}@tuesday`, to, '@monday']));
  const [, changed] = /^quiesce-replicate\/to@tuesday is there: (\d+) bytes$/m.exec(next.stdout) ?? [];
  expect(Number(changed)).toBeLessThan(1024 ** 2);
  expect(await guid(`${to}@tuesday`)).toBe(await guid(`${from}@tuesday`));
});
