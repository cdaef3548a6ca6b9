import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command } from './command.js';
import { createCommand, type CreateCommandOptions } from './create-command.js';
import { AbortedError, TimeoutError, TransportError } from './errors.js';
import { localTransport } from './local-transport.js';
import { pipe } from './pipe.js';
import { run } from './run.js';
import type { SshOptions } from './ssh-options.js';
import { sshTransport, type SshTransport } from './ssh-transport.js';
import { describeTransportContract } from './testing.js';
import { localSshd, standIn } from './testing/local-sshd.js';

const read = (script: string, options: CreateCommandOptions = {}): Command =>
  createCommand('sh', ['-c', script], { effect: 'read', ...options });
const reason = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'ssh-transport-'));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe('sshTransport while the connection is made', () => {
  // An ssh that hangs as where the login shell does, and notes that it was started.
  const hanging = (): { ssh: SshOptions; starts: () => number } => {
    const log = join(mkdtempSync(join(scratch, 'hanging-')), 'log');
    return {
      ssh: { host: 'x', path: standIn(scratch, 'hanging', `[ "$1" != -O ] || exit 0; echo >>${log}; exec sleep 600`) },
      starts: () => readFileSync(log, 'utf8').length,
    };
  };

  it('ends the wait for it by timeoutMs, which counts from the call, and never starts the command', async () => {
    const options = hanging();
    const transport = sshTransport(options.ssh);
    const end = new AbortController();
    const first = reason(run(transport, read('true'), { signal: end.signal }));
    const second = await reason(run(transport, read('true'), { timeoutMs: 300 }));
    expect(TimeoutError.isInstance(second) && !second.stillRunning && second.timeoutMs).toBe(300);
    end.abort();
    const error = await first;
    expect(AbortedError.isInstance(error) && !error.stillRunning).toBe(true);
    await delay(200);
    expect(options.starts()).toBe(1);
    await transport.close();
  });

  it('ends the wait of a write by its signal, which then surely does not run', async () => {
    const options = hanging();
    const transport = sshTransport(options.ssh);
    const end = new AbortController();
    const first = reason(run(transport, read('true'), { signal: end.signal }));
    const write = createCommand('zfs', ['snapshot', 'tank@a']);
    const error = await reason(run(transport, write, { signal: AbortSignal.timeout(100) }));
    expect(AbortedError.isInstance(error) && !error.stillRunning).toBe(true);
    end.abort();
    await first;
    await transport.close();
  });
});

describe('sshTransport without a place for its socket', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('rejects with TransportError each time, until there is one', async () => {
    const transport = sshTransport({ host: 'x', path: 'true' });
    vi.stubEnv('TMPDIR', '/nonexistent');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const error = await reason(run(transport, read('true'), { timeoutMs: 2000 }));
      expect(TransportError.isInstance(error) && !error.started && error.message).toMatch(/mkdtemp/);
    }
    vi.unstubAllEnvs();
    const error = await reason(run(transport, read('true'), { timeoutMs: 2000 }));
    expect(String(error)).toMatch(/the login shell there could not run the command/);
    await transport.close();
  });
});

describe('sshTransport', () => {
  let server: ReturnType<typeof localSshd>;
  let transport: SshTransport;
  beforeAll(() => {
    server = localSshd();
    transport = sshTransport(server.ssh);
  });
  afterAll(async () => {
    await transport.close();
    server.remove();
  });

  describeTransportContract({ describe, it }, 'ssh', { transport: () => transport });

  const file = (name: string): string => join(server.directory, name);
  const processes = async (pattern: string): Promise<string> =>
    (await run(localTransport(), createCommand('ps', ['-eo', 'stat=,args='], { effect: 'read' }))).stdout
      .split('\n')
      .filter((line) => !line.startsWith('Z') && line.includes(pattern))
      .join('\n');

  it('hands on any environment variable, with input after it', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('token', 'directory', 'quiesce_token', 'QUIESCE'), async (value, name) => {
        const command = read(String.raw`printf '%s\0' "$${name}"; cat`, { env: { [name]: value }, stdin: 'input' });
        expect((await run(transport, command)).stdout).toBe(`${value}\0input`);
      }),
      { numRuns: 10 },
    );
  });

  it('shows environment variables in no list of processes', async () => {
    const command = read('ps -eo args', { env: { RSYNC_PASSWORD: 'hunter2', SECOND: 'a\nb' } });
    const { stdout } = await run(transport, command);
    expect(stdout).toContain('ps -eo args');
    expect(stdout).not.toContain('hunter2');
  });

  it('ends what runs there although every kill takes longer than the patience', async () => {
    const path = standIn(server.directory, 'slow', 'sleep 2.5; exec ssh "$@"');
    const slow = sshTransport({ ...server.ssh, path, shareConnection: false });
    const script = `trap "" TERM; while :; do sleep 0.5; : slow-kill ${server.directory}; done`;
    const error = await reason(run(slow, read(script), { timeoutMs: 4000 }));
    expect(TimeoutError.isInstance(error) && !error.stillRunning, String(error)).toBe(true);
    expect(await processes(`slow-kill ${server.directory}`)).toBe('');
  });

  it('tries again to send a kill that did not get through', async () => {
    const path = standIn(
      server.directory,
      'failing',
      `for last; do :; done; case "$last" in kill*) echo >>${file('kills')}; [ $(wc -l <${file('kills')}) -gt 2 ] || exit 255;; esac; exec ssh "$@"`,
    );
    const failing = sshTransport({ ...server.ssh, path, shareConnection: false });
    const error = await reason(run(failing, read(`sleep 30; : ${server.directory}`), { timeoutMs: 1000 }));
    expect(TimeoutError.isInstance(error) && !error.stillRunning, String(error)).toBe(true);
    expect(await processes(`sleep 30; : ${server.directory}`)).toBe('');
  });

  it('says that a command still runs which no kill ends', async () => {
    const path = standIn(
      server.directory,
      'unkillable',
      'for last; do :; done; case "$last" in kill*) exit 0;; esac; exec ssh "$@"',
    );
    const unkillable = sshTransport({ ...server.ssh, path, shareConnection: false });
    const script = `: >${file('begun')}; until [ -e ${file('end')} ]; do sleep 0.1; done`;
    const abort = new AbortController();
    const stopped = reason(run(unkillable, read(script), { signal: abort.signal }));
    await vi.waitUntil(() => existsSync(file('begun')), { timeout: 20_000 });
    abort.abort();
    const error = await stopped;
    if (!AbortedError.isInstance(error)) throw error;
    expect(error.stillRunning).toBe(true);
    expect(await processes(script)).not.toBe('');
    writeFileSync(file('end'), '');
    await expect(error.outcome).resolves.toMatchObject({ exitCode: 0 });
  });

  it('says that a command may still run whose connection was lost while it was ended', async () => {
    const path = standIn(
      server.directory,
      'lost',
      'for last; do :; done; case "$last" in kill*) exit 255;; esac; exec ssh "$@"',
    );
    const lost = sshTransport({ ...server.ssh, path, shareConnection: false });
    const wait = `until [ -e ${file('aborted')} ]; do sleep 0.1; done`;
    const script = `trap '' TERM; ${wait}; kill -KILL $(ps -o ppid= -p $(ps -o ppid= -p $$)); sleep 20`;
    const abort = AbortSignal.timeout(2000);
    abort.addEventListener('abort', () => {
      writeFileSync(file('aborted'), '');
    });
    const error = await reason(run(lost, read(script), { signal: abort }));
    expect(AbortedError.isInstance(error) && error.stillRunning, String(error)).toBe(true);
  });

  it('never shows a reader there the end of a torn stream', async () => {
    const begun = file('reader');
    const words = ['-c', `: >${begun}; cat >/dev/null; echo whole >${file('whole')}`];
    const reader = createCommand('sh', words, { stop: 'kill' });
    const writer = read(`echo first half; until [ -e ${begun} ]; do sleep 0.1; done; exit 5`);
    const ended = pipe([
      { transport: localTransport(), command: writer },
      { transport, command: reader },
    ]);
    await expect(ended).rejects.toMatchObject({ exitCode: 5 });
    await delay(300);
    expect(existsSync(file('whole'))).toBe(false);
  });

  it('leaves no directory when it is closed', async ({ onTestFinished }) => {
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const place = mkdtempSync(join(scratch, 'place-'));
    vi.stubEnv('TMPDIR', place);
    const other = sshTransport(server.ssh);
    await run(other, read('true'));
    expect(readdirSync(place)).toHaveLength(1);
    await other.close();
    expect(readdirSync(place)).toEqual([]);
  });
});
