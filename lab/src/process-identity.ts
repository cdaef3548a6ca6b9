import { readFile, readdir } from 'node:fs/promises';
import process from 'node:process';

/** A process that can't be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the kernel's clock ticks since boot. */
  readonly startTime: string;
  /** The boot of the host in which it ran. */
  readonly bootId: string;
}

/**
 * The start time in a `/proc/PID/stat`. The program's name in it may hold spaces and parentheses.
 */
export function parseStartTime(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Field 22 of proc_pid_stat(5); the first that is left here is field 3. A zombie has ended.
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** Identifies a process. Undefined when there is none with this number. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const startTime = parseStartTime(await readFile(`/proc/${pid}/stat`, 'utf8'));
    const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    return startTime === undefined ? undefined : { pid, startTime, bootId };
  } catch {
    return undefined;
  }
}

/** Identifies this process. */
export async function identifyThisProcess(): Promise<ProcessIdentity> {
  const identity = await identifyProcess(process.pid);
  if (identity === undefined) throw new Error('This process is not in /proc: a lab needs it mounted.');
  return identity;
}

/** Whether a process that was identified before still runs. */
export async function stillRuns(identity: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(identity.pid);
  return now?.startTime === identity.startTime && now.bootId === identity.bootId;
}

/** The processes that have one of their arguments equal to `mark`. */
export async function findProcesses(mark: string): Promise<readonly number[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    numbers.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return line.split('\0').includes(mark) ? pid : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined);
}
