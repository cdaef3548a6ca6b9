import { createServer } from 'node:net';
import { once } from 'node:events';
import { localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { askPortCommand, forwardedPortCommand, parseForwardedPort } from './forwarded-port.js';

describe('forwardedPortCommand', () => {
  it('asks QEMU', () => {
    expect(forwardedPortCommand({ runId: '1364083186-0a0b0c0d' })).toMatchObject({
      file: 'virsh',
      args: ['qemu-monitor-command', '--domain=quiesce-boot-1364083186-0a0b0c0d', '--hmp', '--', 'info usernet'],
    });
  });
});

describe('parseForwardedPort', () => {
  it('reads what QEMU 10.0 prints', () => {
    const heading = '  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\r\n';
    const line = '  TCP[HOST_FORWARD]  13       127.0.0.1 34071       192.0.2.7  2222     0     0\r\n';
    expect(parseForwardedPort(`Hub -1 (quiesce):\r\n${heading}${line}\n\n`)).toBe(34_071);
  });

  it('knows that there is none', () => {
    expect(parseForwardedPort('\n\n')).toBeUndefined();
    expect(parseForwardedPort('  TCP[ESTABLISHED]  14  127.0.0.1 40000  192.0.2.7  2222  0  0\r\n')).toBeUndefined();
  });
});

describe('askPortCommand', () => {
  it('sends a text as it is, and prints what comes', async () => {
    const server = createServer((socket) => {
      socket.write('220 ready\r\n');
      socket.once('data', (chunk) => socket.end(`heard ${chunk.toString('utf8')}`));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const send = "%s \\n 'it''s' $HOME\n";
    const { stdout } = await run(localTransport(), askPortCommand({ port, send, seconds: 5 }), { timeoutMs: 20_000 });
    expect(stdout).toBe(`220 ready\r\nheard ${send}`);
    server.close();
  });
});
