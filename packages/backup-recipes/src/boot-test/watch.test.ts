import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { ConsoleText } from './console-text.js';
import type { BootReport } from './report.js';
import { watchGuest, type WatchOptions } from './watch.js';

const runId = '1364083186-0a0b0c0d';
const listed = `00000000-0000-0000-0000-000000000001 7 quiesce-boot-${runId}\n\n`;

async function watch(
  replies: Readonly<Partial<Record<'tail' | 'list' | 'ping', ScriptedReply>>>,
  options: Partial<WatchOptions> = {},
): Promise<BootReport['ended']> {
  const transport = scriptedTransport(({ args, file }) => {
    if (file === 'sh') return replies.tail ?? { durationMs: 60_000 };
    return args.includes('list') ? (replies.list ?? { stdout: listed }) : replies.ping;
  });
  return watchGuest({
    ...{ transport, connectUri: 'qemu:///system', runId, sign: { console: 'login:' }, timeoutMs: 20_000, readMs: 1000 },
    ...{ console: new ConsoleText(), signal: new AbortController().signal, ...options },
  });
}

describe('watchGuest', () => {
  it('sees what is printed', async () => {
    expect(await watch({ tail: { stdout: 'server login: ' } })).toBe('sign');
  });

  it('sees that the guest has ended', async () => {
    expect(await watch({ list: { stdout: '\n' } })).toBe('guest-ended');
  });

  it('goes on while libvirt is away, until the time is over', async () => {
    expect(await watch({ list: { exitCode: 1, stderr: 'error: failed to connect\n' } }, { timeoutMs: 5000 })).toBe(
      'timeout',
    );
  });

  it('asks the agent', async () => {
    expect(await watch({ ping: { stdout: '{"return":{}}\n' } }, { sign: { agent: true } })).toBe('sign');
    const silent = { exitCode: 1, stderr: 'error: Guest agent is not responding: it is not connected\n' };
    expect(await watch({ ping: silent }, { sign: { agent: true }, timeoutMs: 1000 })).toBe('timeout');
  });

  it('fails where it can follow nothing, and at an abort', async () => {
    await expect(watch({ tail: { stdout: 'x' } })).rejects.toThrow('could not be followed');
    await expect(watch({}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('aborted');
  });
});
