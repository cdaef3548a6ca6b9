import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, localTransport, run, type ExitError } from '@quiesce/command';
import { scriptedTransport, type ScriptedTransport } from '@quiesce/command/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRsync } from './create-rsync.js';
import {
  ConnectionError,
  MaxDeleteError,
  OutOfSpaceError,
  PartialTransferError,
  RemoteShellError,
  VanishedFilesError,
} from './errors.js';

const mebibyte = 1024 ** 2;
const rsync = createRsync();
const stop = new AbortController();
let folder = '';
let port = 0;
let daemon: Promise<unknown> = Promise.resolve();

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const free = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return free;
}

async function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function failureOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('did not fail');
}

const failing = async (...args: readonly string[]): Promise<unknown> =>
  failureOf(rsync.run(createCommand('rsync', args, { effect: 'write', env: { RSYNC_PASSWORD: 'wrong' } })));
const execute = async (file: string, ...args: readonly string[]): Promise<unknown> =>
  run(localTransport(), createCommand(file, args, { effect: 'write' }));
const module = (name: string, at = port): string => `rsync://127.0.0.1:${String(at)}/${name}/`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quiesce-failing-'));
  await mkdir(join(folder, 'source'));
  await mkdir(join(folder, 'full'));
  await writeFile(join(folder, 'source', 'image'), Buffer.alloc(8 * mebibyte, 'x'));
  port = await freePort();
  const configuration = `
    port = ${String(port)}
    address = 127.0.0.1
    use chroot = no
    reverse lookup = no
    log file = ${folder}/log
    [open]
    path = ${folder}/source
    [secret]
    path = ${folder}/source
    auth users = somebody
    secrets file = ${folder}/none
    [closed]
    path = ${folder}/source
    hosts deny = *
    [busy]
    path = ${folder}/source
    max connections = -1
  `.replaceAll(/^ +/gm, '');
  await writeFile(join(folder, 'rsyncd.conf'), configuration);
  // Node's pipes are sockets, and with one as its input rsync thinks that inetd started it.
  const script = 'exec rsync --daemon --no-detach --config="$1" </dev/null';
  const words = ['-c', script, 'sh', `${folder}/rsyncd.conf`];
  const started = createCommand('sh', words, { effect: 'write', stop: 'kill' });
  daemon = run(localTransport(), started, { signal: stop.signal }).catch(() => undefined);
  while (!(await answers())) await delay(50);
});

afterAll(async () => {
  stop.abort();
  await daemon;
  await rm(folder, { recursive: true });
});

describe('a daemon that refuses', () => {
  it.each([
    ['none', "Unknown module 'none'"],
    ['secret', 'auth failed on module secret'],
    ['closed', expect.stringMatching(/^access denied to closed/)],
    ['busy', expect.stringMatching(/^max connections \(-1\) reached/)],
  ])('says why: %s', async (name, refusal: unknown) => {
    const error = await failing('-a', module(name), `${folder}/copy/`);
    expect(error).toMatchObject({ name: 'DaemonRefusedError', exitCode: 5, refusal });
  });

  it('says that its module is read-only, which has the code of a usage error', async () => {
    const error = await failing('-a', `${folder}/source/`, module('open'));
    expect(error).toMatchObject({ name: 'DaemonRefusedError', exitCode: 1, refusal: 'module is read only' });
  });
});

describe('a connection', () => {
  it('that is cut half-way', async () => {
    const proxy = createServer((socket) => {
      const inner = connect(port, '127.0.0.1');
      let bytes = 0;
      inner.on('data', (chunk) => {
        bytes += chunk.length;
        socket.write(chunk);
        if (bytes > 2 * mebibyte) socket.destroy();
      });
      socket.on('data', (chunk) => inner.write(chunk));
      for (const one of [socket, inner]) {
        one.on('error', () => undefined);
        one.on('close', () => (socket.destroy(), inner.destroy()));
      }
    });
    const through = await listening(proxy);
    const error = await failing('-a', module('open', through), `${folder}/cut/`);
    await new Promise((resolve) => proxy.close(resolve));
    // rsync 3.2.7 says that it could not do everything.
    expect([10, 12, 23]).toContain((error as ExitError).exitCode);
    expect(ConnectionError.isInstance(error) || PartialTransferError.isInstance(error)).toBe(true);
  });

  it('that nobody answers', async () => {
    const error = await failing('-a', module('open', await freePort()), `${folder}/copy/`);
    expect(error).toMatchObject({ name: 'ConnectionError', exitCode: 10, timedOut: false });
  });

  it('that is silent for too long, from the start or later', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    const at = await listening(silent);
    const error = await failing('-a', '--timeout=1', '--contimeout=1', module('open', at), `${folder}/copy/`);
    await new Promise((resolve) => {
      silent.close(resolve);
      resolve(undefined);
    });
    expect(error).toMatchObject({ name: 'ConnectionError', timedOut: true });
    expect([30, 35]).toContain((error as { exitCode: number }).exitCode);
  });

  it('to something that is no rsync', async () => {
    const rsh = join(folder, 'talkative-shell');
    // It goes on listening: one that has ended may be taken for a lost connection first.
    await writeFile(rsh, '#!/bin/sh\necho garbage from a login shell\nexec cat >/dev/null\n', { mode: 0o755 });
    const error = await failing('-a', `--rsh=${rsh}`, `${folder}/source/`, 'host:x');
    expect(error).toMatchObject({ name: 'ProtocolError', exitCode: 2 });
  });

  it('whose shell loses it after the other end spoke', async () => {
    const rsh = join(folder, 'cut-shell');
    const script = ['shift; exec 3<&0; setsid sh -c "$*" <&3 & pid=$!', 'sleep 1; kill -9 -$pid; sleep 0.2; exit 255'];
    await writeFile(rsh, ['#!/bin/sh', ...script, ''].join('\n'), { mode: 0o755 });
    const ends = [
      [`${folder}/source/`, `host:${folder}/pushed/`],
      [`host:${folder}/source/`, `${folder}/pulled/`],
    ];
    for (const paths of ends) {
      const error = await failing('-a', '--bwlimit=100', `--rsh=${rsh}`, ...paths);
      expect(error).toMatchObject({ name: 'ConnectionError', timedOut: false });
      // rsync waits for no code of the shell: on a busy machine it comes too late.
      expect([255, 12]).toContain((error as ExitError).exitCode);
    }
  });

  // One that ends at once may be taken for a lost connection (12): rsync doesn't wait for its code.
  it.each([255, 126, 127, 125, 124])('whose shell ends with %d', async (code) => {
    const rsh = join(folder, `shell-${String(code)}`);
    await writeFile(rsh, `#!/bin/sh\nsleep 0.5\nexit ${String(code)}\n`, { mode: 0o755 });
    const error = await failing('-a', `--rsh=${rsh}`, `${folder}/source/`, 'host:x');
    // Now and then it does so all the same, on a busy machine.
    expect([code, 12]).toContain((error as ExitError).exitCode);
    expect((error as ExitError).exitCode === 12 || RemoteShellError.isInstance(error)).toBe(true);
  });
});

describe('a destination', () => {
  it('that is full', async () => {
    const full = join(folder, 'full');
    await execute('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', full);
    try {
      const options = { source: `${folder}/source/`, destination: `${full}/`, archive: true };
      for (const inplace of [false, true]) {
        const error = await failureOf(rsync.sync({ ...options, inplace, partialTransfer: 'warn' }));
        expect(error).toMatchObject({ name: 'OutOfSpaceError', failures: [{ errno: 28 }] });
        expect(String(error).includes('old and new mixed')).toBe(inplace);
      }
    } finally {
      await execute('umount', full);
    }
  });
});

describe('rsync itself', () => {
  it('that was stopped from outside', async () => {
    const slow = createCommand('rsync', ['-a', '--bwlimit=100', `${folder}/source/`, `${folder}/stopped/`], {
      effect: 'write',
    });
    const running = failureOf(rsync.run(slow));
    await delay(300);
    await execute('pkill', '-f', `^rsync -a --bwlimit=100 ${folder}`);
    expect(await running).toMatchObject({ name: 'KilledError', exitCode: 20 });
  });
});

describe('a tolerated failure', () => {
  const [here, there] = ['tolerated', 'kept'];
  const surplus = ['a', 'b', 'c'];
  const from = (name: string): string => join(folder, here, name);
  const options = { destination: '', recursive: true, delete: true, maxDelete: 1, maxDeleteReached: 'warn' } as const;

  beforeEach(async () => {
    for (const side of [here, there]) await rm(join(folder, side), { recursive: true, force: true });
    await mkdir(from('source'), { recursive: true });
    await mkdir(join(folder, there));
    await writeFile(from('source/file'), 'x');
    for (const name of surplus) await writeFile(join(folder, there, name), 'old');
  });

  it('is one where nothing else failed', async () => {
    const result = await rsync.sync({ ...options, source: `${from('source')}/`, destination: join(folder, there) });
    expect(result).toMatchObject({ exitCode: 25, failures: [] });
  });

  it('hides no source that is missing', async () => {
    const sources = { source: [`${from('source')}/`, from('gone')], destination: join(folder, there) };
    const error = await failureOf(rsync.sync({ ...options, ...sources }));
    expect(error).toBeInstanceOf(PartialTransferError);
    expect(error).toMatchObject({ failures: [{ path: from('gone'), reason: 'No such file or directory' }] });
    const result = await rsync.sync({ ...options, ...sources, partialTransfer: 'warn' });
    expect(result).toMatchObject({ failures: [{ path: from('gone') }] });
  });

  it('hides no deletions that were stopped', async () => {
    await mkdir(join(folder, there, 'file', 'full'), { recursive: true });
    const error = await failureOf(
      rsync.sync({
        ...{ source: `${from('source')}/`, destination: join(folder, there), recursive: true, delete: true },
        ...{ maxDelete: 0, partialTransfer: 'warn' },
      }),
    );
    expect(error).toBeInstanceOf(MaxDeleteError);
    expect(error).toMatchObject({ skipped: expect.any(Number) as number });
  });

  const vanishing = (said: string): ScriptedTransport => {
    const lines = [
      `rsync: [sender] ${said}`,
      'file has vanished: "/data/z"',
      'rsync warning: some files vanished before they could be transferred (code 24) at main.c(1347) [sender=3.5.0]',
    ];
    return scriptedTransport(() => ({ exitCode: 24, stderr: `${lines.join('\n')}\n` }));
  };
  const copy = { source: '/data/', destination: '/b/', recursive: true } as const;
  const noSpace = 'write failed on "/b/x": No space left on device (28)';
  const notThere = 'link_stat "/data/gone" failed: No such file or directory (2)';

  // When the file goes is a matter of luck: these are the words of such a run.
  it.each([
    [notThere, { vanishedFiles: 'warn' }, PartialTransferError],
    [noSpace, { vanishedFiles: 'warn', partialTransfer: 'warn' }, OutOfSpaceError],
    [notThere, { partialTransfer: 'warn' }, VanishedFilesError],
  ] as const)('beside vanished files is not %s', async (said, tolerance, expected) => {
    const error = await failureOf(createRsync({ transport: vanishing(said) }).sync({ ...copy, ...tolerance }));
    expect(error).toBeInstanceOf(expected);
    expect(error).toMatchObject({ exitCode: 24 });
  });

  it.each(['sys_acl_get_file(z, ACL_TYPE_ACCESS)', 'send_files failed to open "/data/z"'])(
    'of a vanished file is one whose %s',
    async (said) => {
      const transport = vanishing(`${said}: No such file or directory (2)`);
      const result = await createRsync({ transport }).sync({ ...copy, vanishedFiles: 'warn' });
      expect(result).toMatchObject({ exitCode: 24, failures: [], vanishedFiles: [{ path: '/data/z' }] });
    },
  );
});
