import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { machineFiles } from './machine-arguments.js';

/** QEMU refused what its monitor was asked to do, or the monitor is gone. */
class MonitorError extends Error {
  override readonly name: string = 'MonitorError';
}

/** A connection to the monitor of a running QEMU. */
export interface Monitor extends Disposable {
  /**
   * Runs a monitor command and returns its answer.
   *
   * @throws {@link MonitorError}
   * @see {@link https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html | QMP reference}
   */
  execute(command: string, argumentsOfCommand?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

interface Reply {
  readonly id?: number;
  readonly return?: unknown;
  readonly error?: { readonly desc: string };
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Connects to the monitor of the machine in a folder. */
export async function connectMonitor(directory: string): Promise<Monitor> {
  // By way of the open folder, because a socket's path may have 108 bytes at most and a cache can
  // lie deep.
  const folder = await open(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  const socket = connect(`/proc/self/fd/${folder.fd}/${machineFiles.controlSocket}`);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
  } finally {
    await folder.close();
  }
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let ended = false;
  const end = (): void => {
    ended = true;
    for (const { reject } of waiting.values()) reject(new MonitorError('the machine has ended'));
    waiting.clear();
  };
  socket.on('error', end).on('close', end);
  const lines = createInterface({ input: socket });
  // It reports the socket's errors once more, as its own.
  lines.on('error', end).on('line', (line) => {
    const reply = JSON.parse(line) as Reply;
    // The greeting and events have no number.
    if (reply.id === undefined) return;
    const waiter = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) waiter?.resolve(reply.return);
    else waiter?.reject(new MonitorError(reply.error.desc));
  });
  const execute: Monitor['execute'] = (command, argumentsOfCommand = {}) =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(new MonitorError('the machine has ended'));
        return;
      }
      const id = (count += 1);
      waiting.set(id, { resolve, reject });
      socket.write(`${JSON.stringify({ execute: command, arguments: argumentsOfCommand, id })}\n`);
    });
  await execute('qmp_capabilities');
  return { execute, [Symbol.dispose]: () => socket.destroy() };
}

/** Asks for a status until it is not `pending` any more, and returns it. */
export async function waitForStatus(
  monitor: Monitor,
  command: 'query-status' | 'query-migrate',
  pending: readonly (string | undefined)[],
  signal?: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    const { status } = (await monitor.execute(command)) as { status?: string };
    if (!pending.includes(status)) return status;
    await delay(50, undefined, { signal });
  }
}
