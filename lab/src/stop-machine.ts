import { setTimeout as delay } from 'node:timers/promises';
import { machineMark } from './machine-arguments.js';
import { machineRuns } from './machine.js';
import { findProcesses } from './process-identity.js';
import { connectMonitor } from './qmp.js';

const patienceMs = 3000;

/**
 * Stops the machine of a folder, if one runs there. Only a process that names this folder as its
 * own is touched.
 */
export async function stopMachineIn(directory: string): Promise<void> {
  if (!(await machineRuns(directory))) return;
  const mark = machineMark(directory);
  await askToQuit(directory);
  if (await endsWithin(mark, patienceMs)) return;
  for (const pid of await findProcesses(mark)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
  if (!(await endsWithin(mark, patienceMs))) throw new Error(`The machine in ${directory} does not end.`);
}

/** Waits for a machine that was told to end. @throws when it does not. */
export async function waitForEnd(directory: string): Promise<void> {
  if (!(await endsWithin(machineMark(directory), 10 * patienceMs)))
    throw new Error(`The machine in ${directory} does not end.`);
}

async function askToQuit(directory: string): Promise<void> {
  const patience = AbortSignal.timeout(patienceMs);
  const quit = async (): Promise<void> => {
    using monitor = await connectMonitor(directory);
    await monitor.execute('quit');
  };
  // A monitor that serves somebody else does not answer: then the process is killed.
  const expired = delay(patienceMs, undefined, { signal: patience }).catch(() => undefined);
  await Promise.race([quit().catch(() => undefined), expired]);
}

async function endsWithin(mark: string, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while ((await findProcesses(mark)).length > 0) {
    if (performance.now() > end) return false;
    await delay(50);
  }
  return true;
}
