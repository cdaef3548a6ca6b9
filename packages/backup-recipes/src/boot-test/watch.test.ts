import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { ConsoleText } from './console-text.js';
import type { BootReport } from './report.js';
import { watchGuest, type WatchOptions } from './watch.js';

const runId = '1364083186-0a0b0c0d';
const listed = `00000000-0000-0000-0000-000000000001 7 quiesce-boot-${runId}\n\n`;

async function watch(
  replies: Readonly<Partial<Record<'tail' | 'list' | 'ping' | 'usernet' | 'port', ScriptedReply>>>,
  options: Partial<WatchOptions> = {},
): Promise<BootReport['ended']> {
  const transport = scriptedTransport(({ args, file }) => {
    if (file === 'sh') return replies.tail ?? { durationMs: 60_000 };
    if (file === 'bash') return replies.port;
    if (args.includes('qemu-monitor-command')) return replies.usernet;
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

  it('asks a port, and takes no connection for a sign', async () => {
    const sign = { port: 22, says: /^SSH-/m };
    const usernet = { stdout: '  TCP[HOST_FORWARD]  13       127.0.0.1 34071       10.0.2.15    22     0     0\r\n' };
    const silent = { exitCode: 124, stdout: 'welcome\r\n' };
    expect(await watch({ usernet, port: { stdout: 'welcome\r\nSSH-2.0-x\r\n' } }, { sign })).toBe('sign');
    expect(await watch({ usernet, port: silent }, { sign, timeoutMs: 1000 })).toBe('timeout');
    const away = { exitCode: 1, stderr: 'error: Domain not found\n' };
    expect(await watch({ usernet: away }, { sign, timeoutMs: 1000 })).toBe('timeout');
    await expect(watch({ usernet, port: { error: new Error('no bash') } }, { sign })).rejects.toThrow('no bash');
  });

  it('fails where it can follow nothing, and at an abort', async () => {
    await expect(watch({ tail: { stdout: 'x' } })).rejects.toThrow('could not be followed');
    await expect(watch({}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('aborted');
  });
});
