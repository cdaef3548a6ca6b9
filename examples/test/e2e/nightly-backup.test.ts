import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, localTransport, run, type Command, type SshOptions } from '@quiesce/command';
import { readRecords } from '@quiesce/lab';
import { labSsh, labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repository = path.join(import.meta.dirname, '..', '..', '..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'quiesce-example-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A configuration in which the lab is the host `hypervisor`. */
function sshConfiguration({ host, user, port, identityFile, knownHostsFile }: SshOptions): string {
  return [
    'Host hypervisor',
    `HostName ${host}`,
    ...(user === undefined ? [] : [`User ${user}`]),
    ...(port === undefined ? [] : [`Port ${String(port)}`]),
    ...(identityFile === undefined ? [] : [`IdentityFile "${identityFile}"`, 'IdentitiesOnly yes']),
    ...(knownHostsFile === undefined ? [] : [`UserKnownHostsFile "${knownHostsFile}"`]),
    'StrictHostKeyChecking yes',
    '',
  ].join('\n');
}

/**
 * Puts an `ssh` in front of the real one, which reads the user's configuration from nowhere but the
 * user's home.
 */
async function sshWithConfiguration(configuration: string): Promise<string> {
  await writeFile(path.join(folder, 'config'), configuration);
  const ssh = path.join(folder, 'ssh');
  await writeFile(ssh, `#!/bin/sh\nPATH=\${PATH#*:}\nexec ssh -F '${path.join(folder, 'config')}' "$@"\n`);
  await chmod(ssh, 0o755);
  return `${folder}:${process.env['PATH'] ?? '/usr/bin:/bin'}`;
}

/** The example as a user's command. */
async function nightlyBackup(): Promise<Command> {
  const env = { PATH: await sshWithConfiguration(sshConfiguration(labSsh())), QUIESCE_HOST: 'hypervisor' };
  const words = ['--conditions=@quiesce/source', '--import', 'tsx', 'examples/nightly-backup.ts'];
  return createCommand(process.execPath, words, { cwd: repository, env });
}

async function inLab(file: string, ...args: string[]): Promise<string> {
  return (await run(labTransport(), createCommand(file, args, { effect: 'read' }))).stdout.trim();
}

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

  expect(exitCode).not.toBe(0);
  expect(said).toContain('BackupFailedError');
  // They are listed as they were started.
  const awake = await inLab('virsh', 'list', '--state-running', '--name');
  expect(awake.split('\n').sort()).toEqual(['MySQL', 'Server-Tim']);
  expect(await inLab('lvs', '--noheadings', '-o', 'lv_tags')).not.toContain('quiesce.run=');
  expect(await inLab('ls', '/run/quiesce', '/run/backup')).toBe('/run/backup:\n\n/run/quiesce:');
});
