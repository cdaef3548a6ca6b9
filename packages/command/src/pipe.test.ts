import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Command } from './command.js';
import { createCommand } from './create-command.js';
import { dryRun } from './dry-run.js';
import { AbortedError, ExitError, InvalidArgumentError, TimeoutError } from './errors.js';
import { localTransport } from './local-transport.js';
import { pipe } from './pipe.js';
import { recording } from './recording.js';
import { sudo } from './sudo.js';
import { hungTransport } from './testing/hung-transport.js';
import { leftOnSignal } from './testing/left-on-signal.js';
import { scriptedTransport } from './testing/scripted-transport.js';

const transport = localTransport();
const sh = (script: string, effect: 'read' | 'write' = 'read'): Command =>
  createCommand('sh', ['-c', script], { effect });
const stages = (...commands: Command[]): { transport: typeof transport; command: Command }[] =>
  commands.map((command) => ({ transport, command }));

describe('pipe', () => {
  it('hands bytes from command to command unchanged', async () => {
    let bytes = 0;
    const outputs = await pipe(stages(sh('seq 1 200000'), sh('cat'), sh('sha256sum')), {
      onBytes: (count) => {
        bytes = count;
      },
    });
    const expected = await pipe(stages(sh('seq 1 200000'), sh('sha256sum')));
    expect(outputs.at(-1)?.stdout).toBe(expected.at(-1)?.stdout);
    expect(bytes).toBe(1_288_895);
    expect(outputs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  });

  it('goes no faster than it may', async () => {
    const startedAt = performance.now();
    const outputs = await pipe(stages(sh('head -c 1000000 /dev/zero'), sh('wc -c')), {
      maximumBytesPerSecond: 1_000_000,
    });
    expect(outputs.at(-1)?.stdout.trim()).toBe('1000000');
    // Nine tenths, as a tenth of a second may come at once. No machine is too slow for it.
    expect(performance.now() - startedAt).toBeGreaterThan(800);
    const refused = pipe(stages(sh('true'), sh('cat')), { maximumBytesPerSecond: 0 });
    await expect(refused).rejects.toBeInstanceOf(InvalidArgumentError);
  });

  it('gives the first command its standard input', async () => {
    const first = createCommand('cat', [], { effect: 'read', stdin: 'hello' });
    expect((await pipe(stages(first, sh('tr a-z A-Z')))).at(-1)?.stdout).toBe('HELLO');
  });

  it('keeps memory flat while a slow reader holds up a fast writer', async () => {
    const before = process.memoryUsage.rss();
    let peak = 0;
    let bytes = 0;
    // 400 MB are on offer; the reader takes 64 KiB every 20 ms for three seconds, then leaves.
    const reader = sh('for i in $(seq 1 150); do head -c 65536 >/dev/null; sleep 0.02; done');
    const ended = pipe(stages(sh('head -c 400000000 /dev/zero'), reader), {
      onBytes: (count) => {
        bytes = count;
        peak = Math.max(peak, process.memoryUsage.rss());
      },
    });
    await expect(ended).rejects.toThrow(/SIGPIPE|Broken pipe|Connection reset/);
    expect(bytes).toBeLessThan(40_000_000);
    expect(peak - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('fails with the error of a reader that dies, and ends the writer', async () => {
    const ended = pipe(stages(sh('yes; echo unreachable'), sh('head -c 1000 >/dev/null; echo broken >&2; exit 3')));
    const error: unknown = await ended.catch((reason: unknown) => reason);
    expect(ExitError.isInstance(error) && error.exitCode).toBe(3);
    expect(String(error)).toContain('broken');
  });

  it('ends a writer that goes on after a reader that has ended well', async () => {
    const ended = pipe(stages(sh('trap "" PIPE; while :; do echo x 2>/dev/null; sleep 0.05; done'), sh('head -n 1')));
    const error: unknown = await ended.catch((reason: unknown) => reason);
    if (!AbortedError.isInstance(error)) throw error;
    expect([error.command?.args[1], error.stillRunning]).toEqual([expect.stringMatching(/^trap/), false]);
  });

  it('takes no more for a reader that has ended and whose input does not tell so', async () => {
    const reader = { transport: scriptedTransport(() => ({ stdout: 'enough' })), command: sh('true') };
    const ended = pipe([...stages(sh('yes')), reader]);
    // The command's sockets may say the same as a reset, and a shell by its exit code.
    await expect(ended).rejects.toThrow(/SIGPIPE|Broken pipe|Connection reset|exit code 141/);
  });

  it('lets a writer finish that may not be killed, after a reader that has ended well', async () => {
    const writer = sh('head -c 1000000 /dev/zero; echo finished >&2', 'write');
    const outputs = await pipe(stages(writer, sh('true')));
    expect(outputs.map(({ stderr }) => stderr)).toEqual(['finished\n', '']);
  });

  it('runs nothing where a transport only tells of a command', async () => {
    const told = recording(transport);
    const target = recording(sudo(dryRun(transport)));
    const reader = { transport: target, command: createCommand('cat', [], { stop: 'kill' }) };
    let bytes = 0;
    const onBytes = (count: number): void => {
      bytes = count;
    };
    const outputs = await pipe([{ transport: told, command: sh('echo a') }, reader], { onBytes });
    expect(outputs.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect([told.records.length, target.records.length, bytes]).toEqual([0, 1, 0]);
  });

  it('ends a writer that is silent when the reader dies', async () => {
    await expect(pipe(stages(sh('sleep 600'), sh('exit 4')))).rejects.toMatchObject({ exitCode: 4 });
  });

  it('fails with the error of a writer that dies, and never shows the reader the end of its input', async () => {
    const file = `${process.env['TMPDIR'] ?? '/tmp'}/quiesce-pipe-${String(process.pid)}`;
    // A write of this kind would be believed if it ended with success.
    const reader = createCommand('sh', ['-c', 'cat >/dev/null; echo whole > "$1"', 'sh', file], { stop: 'kill' });
    await expect(pipe(stages(sh('head -c 100000 /dev/zero; exit 5'), reader))).rejects.toMatchObject({ exitCode: 5 });
    const { stdout } = await pipe(stages(sh(`test -e ${file} && echo there || echo missing`), sh('cat'))).then(
      (outputs) => outputs.at(-1) ?? { stdout: '' },
    );
    expect(stdout).toBe('missing\n');
  });

  it('shows a reader no end that outlives the first signal', async () => {
    const file = `${process.env['TMPDIR'] ?? '/tmp'}/quiesce-pipe-late-${String(process.pid)}`;
    const script = 'trap "" TERM; cat >/dev/null; echo whole > "$1"';
    const reader = createCommand('sh', ['-c', script, 'sh', file], { stop: 'kill' });
    await expect(pipe(stages(sh('echo half; sleep 0.2; exit 5'), reader))).rejects.toMatchObject({ exitCode: 5 });
    expect(existsSync(file)).toBe(false);
  });

  it('refuses a reader that may not be killed', async () => {
    await expect(pipe(stages(sh('echo half; exit 1'), sh('cat', 'write')))).rejects.toThrow(InvalidArgumentError);
  });

  it('tells at once that a writer still runs which may not be killed, and lets it finish', async () => {
    const writer = sh('sleep 1; head -c 1000000 /dev/zero; echo finished >&2; exit 3', 'write');
    const startedAt = performance.now();
    const ended = pipe(stages(writer, sh('cat >/dev/null')), { signal: AbortSignal.timeout(200) });
    const error: unknown = await ended.catch((reason: unknown) => reason);
    expect(performance.now() - startedAt).toBeLessThan(900);
    if (!AbortedError.isInstance(error)) throw error;
    expect(error.stillRunning).toBe(true);
    await expect(error.outcome).resolves.toMatchObject({ exitCode: 3 });
  });

  it('ends by timeoutMs although a writer can not be killed', async () => {
    const writer = { transport: hungTransport(), command: sh('true') };
    const ended = pipe([writer, ...stages(sh('cat'))], { timeoutMs: 200 });
    await expect(ended).rejects.toSatisfy((error) => TimeoutError.isInstance(error) && error.stillRunning);
  });

  it('keeps every failure, also where the first has a cause', async () => {
    const cause = new Error('why');
    const errors = [
      {
        stderr: /no room/,
        create: (options: ConstructorParameters<typeof ExitError>[0]) => new ExitError({ ...options, cause }),
      },
    ];
    const reader = { transport, command: sh('echo no room >&2; exit 1'), errors };
    const writer = sh('sleep 0.5', 'write');
    const error: unknown = await pipe([...stages(writer), reader]).catch((failure: unknown) => failure);
    expect(ExitError.isInstance(error)).toBe(true);
    const { errors: causes } = (error as Error).cause as AggregateError;
    expect(causes).toMatchObject([cause, { name: 'AbortedError', stillRunning: true }]);
  });

  it('fails with the signal of a writer that is killed', async () => {
    await expect(pipe(stages(sh('kill -KILL $$'), sh('cat')))).rejects.toMatchObject({ signal: 'SIGKILL' });
  });

  it('ends everything when it is aborted', async () => {
    const ended = pipe(stages(sh('yes'), sh('cat >/dev/null')), { signal: AbortSignal.timeout(300) });
    await expect(ended).rejects.toSatisfy((error) => AbortedError.isInstance(error) && !error.stillRunning);
  });

  it.each([
    ['succeeds', 'echo a', 'cat', {}],
    ['has a writer that fails', 'exit 1', 'cat', {}],
    ['has a reader that fails', 'yes', 'exit 1', {}],
    ['takes too long', 'yes', 'cat >/dev/null', { timeoutMs: 100 }],
  ])('leaves nothing on the signal of the caller when it %s', async (_, writer, reader, options) => {
    const { signal } = new AbortController();
    const ended = pipe(stages(sh(writer), sh(reader)), { ...options, signal }).catch(() => undefined);
    expect(leftOnSignal(signal)).toBe(1);
    await ended;
    expect(leftOnSignal(signal)).toBe(0);
  });

  it('leaves nothing on a signal that aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const writer = { transport: hungTransport(), command: sh('true', 'write') };
    const ended = pipe([writer, ...stages(sh('cat'))], { signal: abort.signal });
    abort.abort(reason);
    await expect(ended).rejects.toMatchObject({ name: 'AbortedError', cause: reason, stillRunning: true });
    expect(leftOnSignal(abort.signal)).toBe(0);
  });

  it('ends everything after timeoutMs', async () => {
    const ended = pipe(stages(sh('yes'), sh('cat >/dev/null')), { timeoutMs: 300 });
    await expect(ended).rejects.toSatisfy((error) => TimeoutError.isInstance(error));
  });

  it('maps failures with the table of the stage', async () => {
    class NoRoomError extends ExitError {}
    const errors = [
      { stderr: /no room/, create: (options: ConstructorParameters<typeof ExitError>[0]) => new NoRoomError(options) },
    ];
    const reader = { transport, command: sh('echo no room >&2; exit 1'), errors };
    await expect(pipe([...stages(sh('yes')), reader])).rejects.toBeInstanceOf(NoRoomError);
  });

  it('refuses fewer than two commands, and input for any but the first', async () => {
    await expect(pipe(stages(sh('true')))).rejects.toThrow(InvalidArgumentError);
    const fed = createCommand('cat', [], { effect: 'read', stdin: 'x' });
    await expect(pipe(stages(sh('true'), fed))).rejects.toThrow(InvalidArgumentError);
  });
});
