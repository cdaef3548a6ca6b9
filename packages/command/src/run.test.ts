import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCommand } from './command.js';
import { ExitError, OutputTooLargeError, TimeoutError } from './errors.js';
import { localTransport } from './local-transport.js';
import { run } from './run.js';

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

  it('takes away the listener from the signal of the caller', async () => {
    const { signal } = new AbortController();
    await run(transport, read('true'), { signal });
    await delay(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
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
