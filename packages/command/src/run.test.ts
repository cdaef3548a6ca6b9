import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { ExitError, OutputTooLargeError, TimeoutError } from './errors.js';
import { localTransport } from './local-transport.js';
import { run } from './run.js';
import { leftOnSignal } from './testing/left-on-signal.js';

const transport = localTransport();
const read = (script: string): ReturnType<typeof createCommand> =>
  createCommand('sh', ['-c', script], { effect: 'read' });

describe('run', () => {
  it('returns everything printed', async () => {
    const output = await run(transport, read('printf "a\\nb"; printf c >&2'));
    expect(output).toMatchObject({ stdout: 'a\nb', stderr: 'c', exitCode: 0, signal: undefined });
  });

  it('throws ExitError with everything that was said', async () => {
    const error: unknown = await run(transport, read('echo out; echo "bad\tthing" >&2; exit 9')).catch(
      (reason: unknown) => reason,
    );
    expect(ExitError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ exitCode: 9, stdout: 'out\n', stderr: 'bad\tthing\n', name: 'ExitError' });
    expect(String(error)).toBe(`ExitError: bad thing (exit code 9: sh -c 'echo out; echo "bad thing" >&2; exit 9')`);
  });

  it('takes other exit codes for success when told to', async () => {
    expect((await run(transport, read('exit 1'), { successCodes: [0, 1] })).exitCode).toBe(1);
  });

  it('ends a read that prints more than the limit', async () => {
    const error: unknown = await run(transport, read('yes'), { maximumOutputBytes: 100_000 }).catch(
      (reason: unknown) => reason,
    );
    expect(OutputTooLargeError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ limitBytes: 100_000, exitCode: undefined });
  });

  it('leaves a write that prints more than the limit to finish', async () => {
    const write = createCommand('sh', ['-c', 'head -c 300000 /dev/zero; sleep 0.2; exit 0']);
    const error: unknown = await run(transport, write, { maximumOutputBytes: 100_000 }).catch(
      (reason: unknown) => reason,
    );
    expect(OutputTooLargeError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ exitCode: 0 });
  });

  it('keeps both ends of a long standard error', async () => {
    const { stderr } = await run(transport, read('seq 1 100000 >&2'));
    expect(stderr).toHaveLength(2 * 64 * 1024 + '\n[…]\n'.length);
    expect(stderr.startsWith('1\n2\n3\n')).toBe(true);
    expect(stderr.endsWith('99999\n100000\n')).toBe(true);
  });

  it('survives a command that does not read its input', async () => {
    const command = createCommand('true', [], { effect: 'read', stdin: Buffer.alloc(5_000_000) });
    expect((await run(transport, command)).exitCode).toBe(0);
  });

  it.each([
    ['succeeds', 'true', {}],
    ['fails', 'exit 1', {}],
    ['prints too much', 'yes', { maximumOutputBytes: 1000 }],
    ['takes too long', 'sleep 600', { timeoutMs: 100 }],
    ['is refused', 'true', { timeoutMs: -1 }],
  ])('leaves nothing on the signal of the caller when the command %s', async (_, script, options) => {
    const { signal } = new AbortController();
    await run(transport, read(script), { ...options, signal }).catch(() => undefined);
    expect(leftOnSignal(signal)).toBe(0);
  });

  it.each(['kill', 'wait'] as const)('leaves nothing on a signal that aborted, with stop: %s', async (stop) => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const command = createCommand('sleep', ['0.5'], { stop });
    const running = run(transport, command, { signal: abort.signal }).catch((error: unknown) => error);
    expect(leftOnSignal(abort.signal)).toBe(1);
    abort.abort(reason);
    expect(leftOnSignal(abort.signal)).toBe(0);
    expect(await running).toMatchObject({ name: 'AbortedError', cause: reason, stillRunning: stop === 'wait' });
    expect(leftOnSignal(abort.signal)).toBe(0);
  });

  it('runs nothing under a signal that has aborted already', async () => {
    const reason = new Error('enough');
    const running = run(transport, read('true'), { signal: AbortSignal.abort(reason) });
    await expect(running).rejects.toMatchObject({ name: 'AbortedError', cause: reason, stillRunning: false });
  });

  it('gives as outcome of a command that still runs what it would have returned or thrown', async () => {
    class BusyError extends ExitError {}
    const errors = [
      { stderr: /busy/, create: (options: ConstructorParameters<typeof ExitError>[0]) => new BusyError(options) },
    ];
    const outcomeOf = async (script: string): Promise<unknown> => {
      const write = createCommand('sh', ['-c', script]);
      const error: unknown = await run(transport, write, { timeoutMs: 200, errors }).catch((reason: unknown) => reason);
      if (!TimeoutError.isInstance(error)) throw error;
      return error.outcome?.catch((reason: unknown) => reason);
    };
    expect(await outcomeOf('sleep 0.5; echo done')).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    expect(await outcomeOf('sleep 0.5; echo busy >&2; exit 1')).toBeInstanceOf(BusyError);
  });
});
