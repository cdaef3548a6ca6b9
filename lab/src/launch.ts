import { rm } from 'node:fs/promises';
import path from 'node:path';
import { openCache } from './cache.js';
import { disks } from './disks.js';
import { keepLogs } from './ended-machine.js';
import { findFreePort } from './free-port.js';
import { makeSshOptions, waitForSsh, type LabSshOptions } from './lab-ssh.js';
import { machineRuns, MachineError, startMachine, type Lifetime } from './machine.js';
import { createOverlay } from './overlay.js';
import { waitForStatus, type Monitor } from './qmp.js';
import { stateFile, type ReadyState } from './ready.js';

const sshTimeoutMs = 60_000;
const attempts = 5;

/** How a lab's machine is started. */
export interface LaunchOptions {
  /** The port to try first. */
  readonly preferredPort: number;
  readonly lifetime: Lifetime;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the machine of a lab from the ready state, with disks as they were then, and waits until
 * it answers. Tries another port when somebody took the one that was free, and another machine when
 * one ended by itself: docs/decisions/0009.
 *
 * @returns how to reach it; the port is in there.
 */
export async function launch(directory: string, ready: ReadyState, options: LaunchOptions): Promise<LabSshOptions> {
  for (let attempt = 1; ; attempt += 1) {
    const port = attempt === 1 ? options.preferredPort : await findFreePort();
    try {
      return await launchAt(port, directory, ready, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      const portTaken = error instanceof MachineError && error.message.includes('host forwarding');
      const died = !(error instanceof MachineError) && !(await machineRuns(directory));
      if (died) await keepLogs(await openCache(), path.basename(directory));
      if ((!portTaken && !died) || attempt === attempts) throw error;
    }
  }
}

async function launchAt(
  sshPort: number,
  directory: string,
  ready: ReadyState,
  { lifetime, signal }: LaunchOptions,
): Promise<LabSshOptions> {
  for (const { serial } of disks) {
    const overlay = path.join(directory, `${serial}.qcow2`);
    await rm(overlay, { force: true });
    await createOverlay(path.join(ready.directory, `${serial}.qcow2`), overlay);
  }
  const { image, accelerator } = ready;
  const { kernel, initialRamdisk } = image;
  const ssh = await makeSshOptions(directory, sshPort, image);
  const machine = { directory, kernel, initialRamdisk, accelerator, sshPort, restored: true };
  using monitor = await startMachine(machine, lifetime, signal);
  await restore(monitor, path.relative(directory, path.join(ready.directory, stateFile)), signal);
  await waitForSsh(ssh, { timeoutMs: sshTimeoutMs, directory, signal });
  return ssh;
}

/**
 * Reads the saved state. The path is one of the cache's own, of letters, digits, dots and slashes.
 */
async function restore(monitor: Monitor, state: string, signal?: AbortSignal): Promise<void> {
  await monitor.execute('migrate-incoming', { uri: `exec:cat ${state}` });
  const status = await waitForStatus(monitor, 'query-status', ['inmigrate'], signal);
  if (status !== 'paused' && status !== 'postmigrate')
    throw new Error(`The ready state cannot be restored: ${status ?? 'unknown'}`);
  await monitor.execute('cont');
}
