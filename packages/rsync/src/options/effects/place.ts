import {
  chmodSync,
  chownSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TestDaemon } from '../../../test/daemon.js';
import type { Place } from './effect.js';
import { execute, writeOld, year2001 } from './files.js';
import { owners } from './owners.js';

/** Makes the source that all effects share. */
export async function makeSource(root: string): Promise<void> {
  const from = (name: string): string => join(root, 'from', name);
  mkdirSync(from('sub'), { recursive: true });
  for (const name of ['file', 'wide', 'named', 'program', 'object.o', 'sub/deep'])
    writeOld(from(name), name.repeat(100));
  writeFileSync(from('big'), 'b'.repeat(100_000));
  writeFileSync(from('noise'), randomBytes(300_000));
  writeFileSync(from('zeros'), '');
  truncateSync(from('zeros'), 500_000);
  chmodSync(from('file'), 0o640);
  chmodSync(from('wide'), 0o666);
  chmodSync(from('program'), 0o755);
  linkSync(from('file'), from('same'));
  writeFileSync(join(root, 'beside'), 'outside');
  symlinkSync('file', from('link'));
  symlinkSync('sub', from('to-sub'));
  symlinkSync('../beside', from('outside'));
  await execute('mkfifo', from('pipe'));
  await execute('mknod', from('null'), 'c', '1', '3');
  chownSync(from('file'), owners.uid, owners.gid);
  chownSync(from('named'), 1, 1);
  lutimesSync(from('link'), year2001, year2001);
  utimesSync(from('sub'), year2001, year2001);
}

/** Writes the remote shell, a script here, that notes the words and how its output blocks. */
export function makeRemoteShell(root: string): void {
  const script = [
    '#!/bin/sh',
    `cd '${join(root, 'to')}'`,
    `cat /proc/self/fdinfo/3 3>&1 >'${join(root, 'output')}'`,
    `printf '%s\\n' "$@" >'${join(root, 'words')}'`,
    'while [ "$1" != here ]; do shift; done',
    'shift',
    'exec sh -c "$*"',
  ];
  writeFileSync(join(root, 'ssh'), `${script.join('\n')}\n`, { mode: 0o755 });
}

/** The {@link Place} below a folder. */
export function placeIn(root: string, { password: _, path, port }: TestDaemon): Place {
  const below =
    (folder: string) =>
    (name = ''): string =>
      name === '' ? join(root, folder) : join(root, folder, name);
  return {
    ...{ from: below('from'), to: below('to'), own: below('own') },
    remote: (remotePath) => ({ host: 'here', path: remotePath, sshPath: join(root, 'ssh') }),
    daemon: { daemon: '127.0.0.1', port, module: 'data', user: 'ada' },
    passwordFile: join(root, 'password'),
    moduleFolder: path,
  };
}
