import { AbortedError, createCommand, TimeoutError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createZfs } from './create-zfs.js';
import { withDeadline } from './deadline.js';

const command = createCommand('zfs', ['list'], { effect: 'read' });

describe('withDeadline', () => {
  it('gives each command what is left', async () => {
    const left = await withDeadline({ timeoutMs: 1000 }, command, async ({ call, pause }) => {
      const { timeoutMs: before = 0 } = call();
      await pause(20);
      return before - (call().timeoutMs ?? 0);
    });
    expect(left).toBeGreaterThanOrEqual(10);
  });

  it('limits nothing where nothing is limited', async () => {
    expect(await withDeadline({}, command, async ({ call }) => Promise.resolve(call()))).toEqual({});
  });

  it('tells the time that the caller gave', async () => {
    // The second command ends it: names come first.
    const transport = scriptedTransport(({ args }) =>
      args.includes('name,property') ? { durationMs: 5 } : { durationMs: 60_000 },
    );
    const ended = createZfs({ transport }).get({ timeoutMs: 500 });
    const error: unknown = await ended.catch((reason: unknown) => reason);
    if (!TimeoutError.isInstance(error)) throw error;
    expect([error.timeoutMs, error.stillRunning, error.message]).toEqual([
      500,
      false,
      expect.stringContaining('500 ms'),
    ]);
    expect(error.command?.args).toContain('name,property,source,value');
    expect(error.stack).not.toContain('supervise');
  });

  it('keeps how a command ends that still runs', async () => {
    const outcome = Promise.resolve({ command, exitCode: 0, signal: undefined, durationMs: 1 });
    const ended = withDeadline({ timeoutMs: 50 }, command, async () => {
      const cause = new Error('why');
      throw new TimeoutError({ command, timeoutMs: 7, stillRunning: true, outcome, cause });
    });
    await expect(ended).rejects.toMatchObject({
      timeoutMs: 50,
      stillRunning: true,
      outcome,
      cause: { message: 'why' },
    });
  });

  it('does not wait past the limit or the signal', async () => {
    const pause = withDeadline({ timeoutMs: 20 }, command, async (deadline) => {
      for (;;) await deadline.pause(60_000);
    });
    await expect(pause).rejects.toMatchObject({ name: 'TimeoutError', timeoutMs: 20 });
    const signal = AbortSignal.timeout(20);
    const aborted = withDeadline({ signal }, command, async (deadline) => deadline.pause(60_000));
    await expect(aborted).rejects.toSatisfy((error) => AbortedError.isInstance(error));
  });
});
