import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SshOptions } from '../ssh-options.js';

const sshd = '/usr/sbin/sshd';

/** A real ssh server for tests, without a port: each connection starts an `sshd` of its own. */
export function localSshd(): { readonly directory: string; readonly ssh: SshOptions; remove(): void } {
  if (!existsSync(sshd)) throw new Error(`the tests need ${sshd}: apt-get install openssh-server`);
  // Where sshd drops its rights, which only root's can. Debian's service makes it.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const directory = mkdtempSync(join(tmpdir(), 'sshd-'));
  const at = (name: string): string => join(directory, name);
  for (const key of ['host', 'user']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
  writeFileSync(at('authorized_keys'), readFileSync(at('user.pub')));
  writeFileSync(at('known_hosts'), `here ${readFileSync(at('host.pub'), 'utf8')}`);
  const settings = [
    `HostKey ${at('host')}`,
    `AuthorizedKeysFile ${at('authorized_keys')}`,
    'PermitRootLogin yes',
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    // What a login shell of this machine's own user runs first is not for the tests to wait for.
    `SetEnv HOME=${directory}`,
    'LogLevel QUIET',
  ];
  writeFileSync(at('config'), `${settings.join('\n')}\n`);
  return {
    directory,
    ssh: {
      host: 'here',
      user: userInfo().username,
      identityFile: at('user'),
      knownHostsFile: at('known_hosts'),
      configurationFile: '/dev/null',
      options: { ProxyCommand: `${sshd} -i -f ${at('config')}` },
    },
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Writes a shell script to use in place of the ssh program, and returns its path. */
export function standIn(directory: string, name: string, script: string): string {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
