import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SshOptions } from '@quiesce/command';
import { execa } from 'execa';
import { runHostCommand, type HostCommandOptions } from './host-command.js';
import { programPath } from './host-packages.js';
import type { Image } from './image.js';
import { machineRuns } from './machine.js';

/**
 * How a machine in a folder is reached. Everything is set, so that no configuration of the user
 * changes it.
 */
export type LabSshOptions = Required<
  Pick<SshOptions, 'host' | 'port' | 'user' | 'identityFile' | 'knownHostsFile' | 'configurationFile'>
>;

/** How to reach the machine of a folder. */
export function labSshOptions(directory: string, port: number, { identityFile }: Image): LabSshOptions {
  const knownHostsFile = path.join(directory, 'known_hosts');
  return { host: '127.0.0.1', port, user: 'root', identityFile, knownHostsFile, configurationFile: 'none' };
}

/** Writes down the machine's host key and returns how to reach it. */
export async function makeSshOptions(directory: string, port: number, image: Image): Promise<LabSshOptions> {
  const ssh = labSshOptions(directory, port, image);
  await writeFile(ssh.knownHostsFile, `[${ssh.host}]:${port} ${await readFile(image.hostKeyFile, 'utf8')}`);
  return ssh;
}

/** The arguments of `ssh` up to the host. */
export function labSshArguments(ssh: LabSshOptions): readonly string[] {
  const literal = (file: string): string => `"${file.replaceAll('%', '%%')}"`;
  const settings = [
    ...[`UserKnownHostsFile=${literal(ssh.knownHostsFile)}`, 'GlobalKnownHostsFile=/dev/null'],
    ...[`IdentityFile=${literal(ssh.identityFile)}`, 'IdentitiesOnly=yes'],
    ...['StrictHostKeyChecking=yes', 'LogLevel=ERROR', 'ConnectTimeout=15', 'BatchMode=yes'],
  ];
  return [
    ...['-F', ssh.configurationFile],
    ...settings.flatMap((setting) => ['-o', setting]),
    ...['-l', ssh.user, '-p', String(ssh.port), '--', ssh.host],
  ];
}

/** Runs a line of shell inside a lab while it is being made. */
export function runInLab(ssh: LabSshOptions, line: string, options: HostCommandOptions = {}): Promise<string> {
  return runHostCommand('ssh', [...labSshArguments(ssh), line], options);
}

/** For how long {@link waitForSsh} waits. */
export interface WaitForSshOptions {
  readonly timeoutMs: number;
  /** The folder of the machine: it is not waited for when it has ended. */
  readonly directory: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until the machine answers, and sets its clock: a restored one stands where it was saved.
 *
 * @throws the error of the last attempt when it does not answer in time.
 */
export async function waitForSsh(ssh: LabSshOptions, options: WaitForSshOptions): Promise<void> {
  const { timeoutMs, directory, signal } = options;
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      await setClock(ssh, signal);
      return;
    } catch (error) {
      signal?.throwIfAborted();
      if (performance.now() > end || !(await machineRuns(directory))) throw error;
      await delay(200, undefined, { signal });
    }
  }
}

async function setClock(ssh: LabSshOptions, signal: AbortSignal | undefined): Promise<void> {
  const line = 'echo ready; read -r now && date --set="@$now" >/dev/null';
  const running = execa('ssh', [...labSshArguments(ssh), line], {
    env: { LC_ALL: 'C', PATH: programPath },
    timeout: 20_000,
    ...(signal !== undefined && { cancelSignal: signal }),
  });
  // The time is told when the other side listens, because logging in takes a second or more.
  running.stdout.once('data', () => running.stdin.end(`${(Date.now() / 1000).toFixed(3)}\n`));
  await running;
}
