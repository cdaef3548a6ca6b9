import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endedWithThisProcess } from './death-signal.js';
import { programPath } from './host-packages.js';
import { machineArguments, machineFiles, machineMark, type MachineOptions } from './machine-arguments.js';
import { findProcesses } from './process-identity.js';
import { connectMonitor, type Monitor } from './qmp.js';

/** QEMU did not start, or ended by itself. */
export class MachineError extends Error {
  override readonly name: string = 'MachineError';
}

/**
 * How long a machine runs: at most as long as this process, however that ends, or until
 * `stopMachineIn`.
 */
export type Lifetime = 'this process' | 'until stopped';

const endings = new Map<string, string>();

/** How QEMU ended, of a machine that this process started: by a signal or with an exit code. */
export function endingOf(directory: string): string | undefined {
  return endings.get(directory);
}

/** Whether the machine of a folder runs. */
export async function machineRuns(directory: string): Promise<boolean> {
  return (await findProcesses(machineMark(directory))).length > 0;
}

/**
 * Starts a machine whose disks are in its folder, and returns its monitor.
 *
 * @throws {@link MachineError} when QEMU refuses, with what it said.
 */
export async function startMachine(
  options: MachineOptions,
  lifetime: Lifetime,
  signal?: AbortSignal,
): Promise<Monitor> {
  const { directory } = options;
  // A socket that is left from before would be taken for the new one.
  await rm(path.join(directory, machineFiles.controlSocket), { force: true });
  const messages = await open(path.join(directory, machineFiles.messages), 'w');
  try {
    const [file = '', ...words] = [
      ...(lifetime === 'this process' ? endedWithThisProcess('KILL') : []),
      ...['qemu-system-x86_64', ...machineArguments(options)],
    ];
    const child = spawn(file, words, {
      cwd: directory,
      stdio: ['ignore', messages.fd, messages.fd],
      // A group of its own: Ctrl-C at the terminal is for the command, which then stops the machine
      // itself.
      detached: true,
      env: { ...process.env, PATH: programPath },
    });
    // Not execa: it would wait for it.
    child.unref();
    endings.delete(directory);
    child.once('exit', (code, signal) => endings.set(directory, signal ?? `exit code ${String(code)}`));
    const ended = once(child, 'exit').then(async () => {
      const said = (await readFile(path.join(directory, machineFiles.messages), 'utf8')).trim();
      return new MachineError(`QEMU did not start: ${said === '' ? 'it gave no reason' : said}`);
    });
    return await Promise.race([firstMonitor(directory, ended, signal), ended.then((error) => Promise.reject(error))]);
  } finally {
    await messages.close();
  }
}

async function firstMonitor(directory: string, ended: Promise<unknown>, signal?: AbortSignal): Promise<Monitor> {
  const over = new AbortController();
  const end = (): void => over.abort();
  ended.then(end, end);
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await connectMonitor(directory);
    } catch (error) {
      if (over.signal.aborted) throw error;
      await delay(20, undefined, { signal });
    }
  }
}
