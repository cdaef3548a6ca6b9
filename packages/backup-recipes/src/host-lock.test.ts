import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { HostBusyError } from './host-busy-error.js';
import { takeHostLock } from './host-lock.js';
import { lockedExitCode } from './host/lock.js';

const runId = '1364083186-0badf00d';
const holder = { runId: '1364083000-0a0b0c0d', pid: 7, machine: 'backup', hostPid: 4711, since: 1_364_083_000 };

describe('takeHostLock', () => {
  it('names who holds it, and is not fooled by a shell that says something when it starts', async () => {
    const transport = scriptedTransport(({ file }) =>
      file === 'sh'
        ? { stdout: '.\nWelcome! 1364083186.000000\n', exitCode: lockedExitCode, durationMs: 50 }
        : { stdout: `${JSON.stringify(holder)}\n` },
    );
    const error: unknown = await takeHostLock(transport, runId).catch((reason: unknown) => reason);
    if (!HostBusyError.isInstance(error)) throw new Error('it was taken', { cause: error });
    expect(error.holder).toEqual({ ...holder, since: new Date(holder.since * 1000) });
    expect(error.message).toContain('run 1364083000-0a0b0c0d is under way on this host, by process 7 on backup');
  });

  it('tells how far the clocks are apart, and when it was lost', async () => {
    let token = '';
    const transport = scriptedTransport(async ({ args }) => {
      token = args.at(-1) ?? '';
      await Promise.resolve();
      return { stdout: `${token} ${String(Date.now() / 1000 + 60)}0000\n`, durationMs: 20 };
    });
    const lock = await takeHostLock(transport, runId);
    expect(lock.clockOffsetMs).toBeGreaterThan(50_000);
    expect((await lock.lost).message).toContain('lost');
  });
});
