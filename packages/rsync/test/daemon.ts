import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, localTransport } from '@quiesce/command';

/** A real rsync daemon on loopback, with one module, `data`, of the user `ada`. */
export interface TestDaemon {
  readonly port: number;
  readonly password: string;
  /** Where the module is. */
  readonly path: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Starts {@link TestDaemon} and waits until it answers. */
export async function startDaemon(settings: readonly string[] = []): Promise<TestDaemon> {
  const directory = mkdtempSync(join(tmpdir(), 'rsyncd-'));
  const [path, secrets, config] = ['data', 'secrets', 'config'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  const [port, password] = [await freePort(), 'the secret of a test'];
  mkdirSync(path);
  writeFileSync(secrets, `ada:${password}\n`, { mode: 0o600 });
  const { uid, gid } = userInfo();
  const module = [
    `path = ${path}`,
    'read only = no',
    'use chroot = no',
    'auth users = ada',
    `secrets file = ${secrets}`,
  ];
  writeFileSync(
    config,
    ['[data]', ...module, `uid = ${String(uid)}`, `gid = ${String(gid)}`, ...settings, ''].join('\n'),
  );
  const words = ['--daemon', '--no-detach', `--config=${config}`, `--port=${String(port)}`, '--address=127.0.0.1'];
  const end = new AbortController();
  // With a socket for its input, as Node's pipes are, it would serve that one connection alone.
  const shell = ['-c', 'exec rsync "$@" </dev/null', 'sh', ...words];
  const server = localTransport().start(createCommand('sh', shell, { stop: 'kill' }), { signal: end.signal });
  server.stdin.end();
  server.stdout.resume();
  server.stderr.resume();
  const ended = server.result.catch(() => undefined);
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries === 100) throw new Error('the daemon does not answer');
    await delay(50);
  }
  return {
    ...{ port, password, path },
    stop: async () => {
      end.abort();
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
