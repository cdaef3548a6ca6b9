import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectMonitor, waitForStatus } from './qmp.js';

let directory: string;
let server: Server;
let statuses: string[];

// What QEMU does, as far as it matters here: a greeting, events between answers, errors, and an end
// without a word.
function serve(socket: Socket): void {
  const say = (message: object): unknown => socket.write(`${JSON.stringify(message)}\n`);
  say({ QMP: { version: {} } });
  socket
    .on('error', () => undefined)
    .on('data', (data) => {
      for (const line of data.toString().trim().split('\n')) {
        const { execute, id } = JSON.parse(line) as { execute: string; id: number };
        if (execute === 'quit') {
          // What is sent from here on stays unread, and so the other side gets an error in place of
          // an end.
          socket.pause();
          setTimeout(() => socket.destroy(), 100);
          return;
        }
        say({ event: 'STOP' });
        if (execute === 'query-status') say({ id, return: { status: statuses.shift() } });
        else if (execute === 'nonsense')
          say({ id, error: { class: 'CommandNotFound', desc: 'The command nonsense has not been found' } });
        else say({ id, return: {} });
      }
    });
}

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'quiesce-qmp-'));
  server = createServer(serve).listen(path.join(directory, 'qmp.sock'));
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

it('runs commands and passes on what QEMU refuses', async () => {
  using monitor = await connectMonitor(directory);
  expect(await monitor.execute('cont')).toEqual({});
  await expect(monitor.execute('nonsense')).rejects.toThrow('The command nonsense has not been found');
});

it('waits for a status', async () => {
  statuses = ['inmigrate', 'inmigrate', 'paused'];
  using monitor = await connectMonitor(directory);
  expect(await waitForStatus(monitor, 'query-status', ['inmigrate'])).toBe('paused');
});

it('tells the end of the machine, however it comes', async () => {
  using monitor = await connectMonitor(directory);
  const quit = monitor.execute('quit');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const unread = monitor.execute('cont', { more: 'than a buffer holds'.repeat(100_000) });
  await expect(quit).rejects.toThrow('the machine has ended');
  await expect(unread).rejects.toThrow('the machine has ended');
  await expect(monitor.execute('cont')).rejects.toThrow('the machine has ended');
});
