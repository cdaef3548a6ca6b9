import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createCommand, run, type Command, type SshOptions } from '@quiesce/command';
import { labSsh, labTransport } from '@quiesce/lab/testing';

const repository = path.join(import.meta.dirname, '..', '..');

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
async function sshWithConfiguration(folder: string, configuration: string): Promise<string> {
  await writeFile(path.join(folder, 'config'), configuration);
  const ssh = path.join(folder, 'ssh');
  await writeFile(ssh, `#!/bin/sh\nPATH=\${PATH#*:}\nexec ssh -F '${path.join(folder, 'config')}' "$@"\n`);
  await chmod(ssh, 0o755);
  return `${folder}:${process.env['PATH'] ?? '/usr/bin:/bin'}`;
}

/**
 * An example as a user's command, for which the lab is the host `hypervisor`. What that takes is
 * written into `folder`.
 */
export async function exampleCommand(
  folder: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Command> {
  const searched = await sshWithConfiguration(folder, sshConfiguration(labSsh()));
  const args = ['--conditions=@quiesce/source', '--import', 'tsx', ...words];
  return createCommand(process.execPath, args, { cwd: repository, env: { PATH: searched, ...env } });
}

/** What a command prints in the lab, that changes nothing. */
export async function inLab(file: string, ...args: string[]): Promise<string> {
  return (await run(labTransport(), createCommand(file, args, { effect: 'read' }))).stdout.trim();
}
