import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from '../command.js';
import { createCommand } from '../create-command.js';
import { AbortedError, InvalidArgumentError, SpawnError, TimeoutError } from '../errors.js';
import { run } from '../run.js';
import type { Transport } from '../transport.js';

/**
 * The two functions of a test runner that the contract needs: those of vitest, jest or `node:test`.
 */
export interface ContractRunner {
  /** Groups tests. */
  readonly describe: (name: string, body: () => void) => void;
  /** Defines a test, with the milliseconds that it may take. */
  readonly it: (name: string, body: () => Promise<void>, timeoutMs?: number) => void;
}

/** What the contract must know of a transport. */
export interface TransportContractOptions {
  /** Gives the transport to test. Called in each test. */
  readonly transport: () => Transport;
  /**
   * Whether writes run. False for one that only records them.
   * @default true
   */
  readonly runsWrites?: boolean;
  /**
   * Whether any environment variable reaches the command.
   * @default true
   */
  readonly passesEnvironment?: boolean;
}

const read = (script: string, ...args: string[]): Command =>
  createCommand('sh', ['-c', script, 'sh', ...args], { effect: 'read' });
const write = (script: string): Command => createCommand('sh', ['-c', script], { effect: 'write' });

const words = [
  '',
  ' ',
  '-n',
  '--',
  '*',
  '~',
  '$HOME',
  '`id`',
  '$(id)',
  "'",
  '"',
  '\\',
  'a\nb',
  '\n',
  '\t\r',
  ';',
  '&&',
  '!',
  '#',
];
const moreWords = [
  '=x',
  'a=b',
  '%s',
  '{a,b}',
  '[a-z]',
  '?',
  '|',
  '>',
  'ünï',
  '日本',
  '🐑',
  '\u001b[31m',
  "it's",
  "''",
  `'"'"'`,
];

const testTimeoutMs = 60_000;

/** Waits until a process is gone, and fails where it stays. */
async function requireGone(transport: Transport, pids: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    // A zombie has ended; only its parent has not yet asked.
    const { stdout } = await run(transport, read(`ps -o stat= -p "$1" | grep -v Z || true`, pids.join(',')));
    if (stdout.trim() === '') return;
    await delay(250);
  }
  assert.fail(`still there: ${pids.join(' ')}`);
}

/**
 * Starts a command that prints two process ids and stays, then stops it, and returns the ids and
 * the error.
 */
async function stopped(
  transport: Transport,
  script: string,
  options: { signal?: AbortSignal; timeoutMs?: number },
  afterPids?: () => void,
): Promise<{ error: unknown; pids: string[] }> {
  const running = transport.start(read(script), options);
  running.stdin.end();
  running.stderr.resume();
  let printed = '';
  running.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString('utf8');
    if (printed.endsWith('\n')) afterPids?.();
  });
  const error = await running.result.then(
    () => assert.fail('it was not stopped'),
    (reason: unknown) => reason,
  );
  return { error, pids: printed.trim().split(' ') };
}

/**
 * The behaviour that every {@link Transport} owes its callers, as a suite of tests. Run it on an
 * implementation of your own. It starts `sh`, `ps`, `sleep` and other everyday programs through the
 * transport.
 *
 * @example
 * ```ts
 * import { describe, it } from 'vitest';
 *
 * const transport = (): Transport => localTransport(); // yours
 * describeTransportContract({ describe, it }, 'my transport', { transport });
 * ```
 */
export function describeTransportContract(
  { describe, it }: ContractRunner,
  name: string,
  { transport, runsWrites = true, passesEnvironment = true }: TransportContractOptions,
): void {
  const test = (title: string, body: () => Promise<void>): void => {
    it(title, body, testTimeoutMs);
  };

  describe(`transport contract: ${name}`, () => {
    test('hands on every word unchanged', async () => {
      const all = [...words, ...moreWords];
      const { stdout } = await run(
        transport(),
        createCommand('printf', [String.raw`%s\0`, ...all], { effect: 'read' }),
      );
      assert.deepEqual(stdout.split('\0').slice(0, -1), all);
    });

    test('runs a program, not the builtin of a shell that has its name', async () => {
      const { stdout } = await run(transport(), createCommand('printf', ['%q', 'a b'], { effect: 'read' }));
      assert.equal(stdout, "'a b'");
      await assert.rejects(run(transport(), createCommand('eval', ['true'], { effect: 'read' })), (error) =>
        SpawnError.isInstance(error),
      );
    });

    test('gives the command its standard input', async () => {
      const stdin = 'first\nsecond \u0000 \u{1f411}\n';
      const { stdout } = await run(transport(), createCommand('cat', [], { effect: 'read', stdin }));
      assert.equal(stdout, stdin);
    });

    test('gives a command without input the end of it at once', async () => {
      const { stdout } = await run(transport(), createCommand('cat', [], { effect: 'read' }));
      assert.equal(stdout, '');
    });

    test('passes large binary output unchanged', async () => {
      const stdin = Buffer.alloc(
        8 * 1024 * 1024,
        Uint8Array.from({ length: 251 }, (_, index) => index),
      );
      const running = transport().start(createCommand('cat', [], { effect: 'read', stdin }));
      running.stderr.resume();
      const hash = createHash('sha256');
      for await (const chunk of running.stdout) hash.update(chunk as Buffer);
      await running.result;
      assert.equal(hash.digest('hex'), createHash('sha256').update(stdin).digest('hex'));
    });

    test('keeps the two outputs apart and takes standard error for no failure', async () => {
      const { stdout, stderr } = await run(transport(), read('printf out; printf err >&2'));
      assert.deepEqual({ stdout, stderr }, { stdout: 'out', stderr: 'err' });
    });

    test('sets LC_ALL=C', async () => {
      const { stdout } = await run(transport(), read('printf "%s" "$LC_ALL"'));
      assert.equal(stdout, 'C');
    });

    if (passesEnvironment) {
      test('passes environment variables', async () => {
        const command = createCommand('printenv', ['QUIESCE_TEST'], {
          effect: 'read',
          env: { QUIESCE_TEST: `a 'b' "$c"\nd` },
        });
        assert.equal((await run(transport(), command)).stdout, `a 'b' "$c"\nd\n`);
      });

      test('passes input to a command with environment variables', async () => {
        const env = { directory: '/etc', token: 'x' };
        const command = createCommand('cat', [], { effect: 'read', env, stdin: 'input' });
        assert.equal((await run(transport(), command)).stdout, 'input');
      });
    }

    test('runs in the working directory', async () => {
      assert.equal(
        (await run(transport(), createCommand('pwd', [], { effect: 'read', cwd: '/usr' }))).stdout,
        '/usr\n',
      );
    });

    for (const exitCode of [0, 1, 3, 126, 127, 254, 255]) {
      test(`reports exit code ${String(exitCode)} without rejecting`, async () => {
        const { exitCode: reported } = await run(transport(), read(`exit ${String(exitCode)}`), {
          successCodes: [exitCode],
        });
        assert.equal(reported, exitCode);
      });
    }

    test('reports a death by signal, as a signal or as 128 and its number', async () => {
      const running = transport().start(read('kill -KILL $$'));
      running.stdin.end();
      running.stdout.resume();
      running.stderr.resume();
      const { exitCode, signal } = await running.result;
      assert.ok(signal === 'SIGKILL' || exitCode === 137, `exit code ${String(exitCode)}, signal ${String(signal)}`);
    });

    test('rejects with SpawnError for a program that does not exist', async () => {
      const command = createCommand('quiesce-no-such-program', ['x'], { effect: 'read' });
      await assert.rejects(
        run(transport(), command),
        (error) => SpawnError.isInstance(error) && error.code === 'ENOENT',
      );
    });

    test('rejects, and does not throw, for a word that no process can get', async () => {
      const changed = { ...read('true'), file: 'a\0b' };
      const { result } = transport().start(changed);
      await assert.rejects(result, (error) => InvalidArgumentError.isInstance(error));
    });

    test('refuses a timeout that no timer can keep', async () => {
      for (const timeoutMs of [0, -1, Number.NaN, 2 ** 31]) {
        await assert.rejects(run(transport(), read('true'), { timeoutMs }), (error) =>
          InvalidArgumentError.isInstance(error),
        );
      }
    });

    test('starts nothing when the signal is aborted already', async () => {
      const started = run(transport(), read('true'), { signal: AbortSignal.abort() });
      await assert.rejects(started, (error) => AbortedError.isInstance(error) && !error.stillRunning);
    });

    test('ends a read and its children when it is aborted', async () => {
      const abort = new AbortController();
      const script = 'sleep 300 & echo $$ $!; wait';
      const { error, pids } = await stopped(transport(), script, { signal: abort.signal }, () => {
        abort.abort();
      });
      assert.ok(AbortedError.isInstance(error) && !error.stillRunning, String(error));
      assert.equal(pids.length, 2);
      await requireGone(transport(), pids);
    });

    test('ends a read and its children after timeoutMs, also one that ignores SIGTERM', async () => {
      const script = 'trap "" TERM; sleep 300 & echo $$ $!; while :; do wait; sleep 1; done';
      const { error, pids } = await stopped(transport(), script, { timeoutMs: 3000 });
      assert.ok(TimeoutError.isInstance(error), String(error));
      assert.equal(pids.length, 2);
      // What SIGKILL has not ended in seconds waits for a disk: it ends with that, and not before.
      assert.equal(error.stillRunning, error.outcome !== undefined);
      await error.outcome?.catch(() => undefined);
      await requireGone(transport(), pids);
    });

    test('knows that a command has ended whose output nobody reads', async () => {
      const running = transport().start(read('yes'), { timeoutMs: 1500 });
      running.stdin.end();
      const error = await running.result.catch((reason: unknown) => reason);
      assert.ok(TimeoutError.isInstance(error) && !error.stillRunning, String(error));
    });

    if (runsWrites) {
      test('lets a write go on when nobody reads its output any more', async () => {
        const running = transport().start(write('sleep 1; echo a; echo b >&2; echo c; exit 7'));
        running.stdin.end();
        running.stdout.destroy();
        running.stderr.resume();
        const { exitCode } = await running.result;
        assert.equal(exitCode, 7);
      });

      test('leaves a write running when it is aborted, says so at once, and tells its outcome', async () => {
        const abort = new AbortController();
        const running = transport().start(write('echo started; sleep 3; echo finished; exit 7'), {
          signal: abort.signal,
        });
        running.stdin.end();
        running.stderr.resume();
        let printed = '';
        running.stdout.on('data', (chunk: Buffer) => {
          printed += chunk.toString('utf8');
          if (printed === 'started\n') abort.abort();
        });
        const error = await running.result.then(
          () => assert.fail('it was not aborted'),
          (reason: unknown) => reason,
        );
        assert.ok(AbortedError.isInstance(error) && error.stillRunning, String(error));
        assert.equal(printed, 'started\n');
        const outcome = await error.outcome;
        assert.equal(outcome?.exitCode, 7);
        assert.equal(printed, 'started\nfinished\n');
      });
    } else {
      test('runs no write', async () => {
        const { stdout, exitCode } = await run(transport(), write('echo ran'));
        assert.deepEqual({ stdout, exitCode }, { stdout: '', exitCode: 0 });
      });
    }
  });
}
