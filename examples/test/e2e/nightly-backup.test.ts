import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, localTransport, quoteWords, run, type Command } from '@quiesce/command';
import { readRecords } from '@quiesce/lab';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleCommand, inLab } from '../example-in-lab.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'quiesce-example-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const nightlyBackup = async (): Promise<Command> =>
  exampleCommand(folder, ['examples/nightly-backup.ts'], { QUIESCE_HOST: 'hypervisor' });

test('the nightly backup runs as it stands in the documentation', async () => {
  const { exitCode, stdout } = await run(localTransport(), await nightlyBackup());

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Server-Tim was paused for \d+ ms\nMySQL was paused for \d+ ms\n$/);
  expect(await inLab('virsh', 'domstate', 'Server-Tim')).toBe('running');
  expect(await inLab('virsh', 'domstate', 'MySQL')).toBe('running');
  expect(await inLab('lvs', '--noheadings', '-o', 'origin')).toBe('');
  for (const image of ['raid5.VM.images/Server-Tim.img', 'SSD.images/MySQL.img']) {
    expect(await readRecords(labTransport(), `/archives/backups/${image}`)).toMatchObject({ consistent: true });
  }
  expect(await inLab('cmp', '/etc/fstab', '/archives/backups/etc/fstab')).toBe('');
  const snapshots = await inLab('zfs', 'list', '-H', '-t', 'snapshot', '-o', 'name', 'archives/backups');
  expect(snapshots).toMatch(/^archives\/backups@daily\.\d+$/m);
});

test('progress is drawn in a terminal, each line in place of the one before', async () => {
  const inLog = await exampleCommand(folder, ['examples/progress-in-a-terminal.ts'], { QUIESCE_HOST: 'hypervisor' });
  const { args, file, ...rest } = inLog;
  const shell = `stty cols 100; exec ${quoteWords([file, ...args])}`;
  const words = ['--quiet', '--return', '--command', shell, '/dev/null'];
  const { exitCode, stdout } = await run(localTransport(), createCommand('script', words, rest));

  expect(exitCode).toBe(0);
  // Up, to the first column, and all below is gone; then the lines.
  expect(stdout).toMatch(/\u001B\[3A\u001B\[1G\u001B\[0J/);
  expect(stdout).toMatch(/\/dev\/SSD\/images +\d+ % {2}\d[\d.]* [KMG]?i?B {2}\d[\d.]* [KMG]?i?B\/s\r\n/);
  expect(stdout).toMatch(/\/dev\/SSD\/images +finished in \d[\d.]* (?:s|ms)\r\n/);
  expect(stdout).toMatch(/suspend Server-Tim, MySQL: finished/);
});

test.each(['SIGINT', 'SIGTERM'] as const)('the nightly backup stops in order on %s', async (name) => {
  const running = localTransport().start(await nightlyBackup());
  running.stdin.end();
  running.stdout.resume();
  let said = '';
  running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const pid = await running.pid;
  // In the middle of it: the space for its snapshots is there.
  while (!(await inLab('lvs', '--noheadings', '-o', 'lv_tags')).includes('quiesce.run=')) await delay(200);
  if (pid !== undefined) process.kill(pid, name);

  const { exitCode } = await running.result;

  expect(exitCode).toBe(130);
  expect(said).toContain('What is safe');
  // They are listed as they were started.
  const awake = await inLab('virsh', 'list', '--state-running', '--name');
  expect(awake.split('\n').sort()).toEqual(['MySQL', 'Server-Tim']);
  expect(await inLab('lvs', '--noheadings', '-o', 'lv_tags')).not.toContain('quiesce.run=');
  expect(await inLab('ls', '/run/quiesce', '/run/backup')).toBe('/run/backup:\n\n/run/quiesce:');
});
