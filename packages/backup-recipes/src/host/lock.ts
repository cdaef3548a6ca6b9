import { createCommand, type Command } from '@quiesce/command';
import { stateFolder } from '../run-folder.js';

/** Exit code of {@link lockCommand} when another holds the lock. */
export const lockedExitCode = 75;

/** File that says who holds the lock that a folder is. It means nothing while nobody does. */
export function holderFileIn(folder: string): string {
  return `${folder}/holder`;
}

/** File that says who holds the lock of the host. It means nothing while nobody does. */
export const holderFile: string = [stateFolder, 'holder'].join('/');

/** Who holds the lock. */
export interface LockHolder {
  readonly runId: string;
  /** Process on the host that holds it. */
  readonly hostPid: number;
  /** The process that runs the recipe, on `machine`. */
  readonly pid: number;
  readonly machine: string;
  /** Since when, by the clock of the host. */
  readonly since: Date;
}

// Whoever holds it says so, and tells the time; then it repeats what it is told, and ends when it
// is told nothing for a minute: a link that is dead may look alive to the host for hours.
const holder = [
  'printf \'{"runId":"%s","pid":%s,"machine":"%s","hostPid":%s,"since":%s}\\n\' "$1" "$2" "$3" "$$" "$EPOCHSECONDS" >"$4"',
  'printf \'%s %s\\n\' "$5" "$EPOCHREALTIME"',
  'while IFS= read -r -t 60 line; do printf \'%s\\n\' "$line"; done',
  'rm -f -- "$4"',
].join('\n');

/**
 * Holds a lock of a host for as long as its standard input stays open and says something, so
 * that it ends with whoever took it. Only root can get at it. See flock(1).
 *
 * @param options.folder - Which lock: that of all runs on the host unless another is named.
 * @param options.token - Printed, with the time, once the lock is held.
 */
export function lockCommand(options: {
  folder?: string | undefined;
  runId: string;
  pid: number;
  machine: string;
  token: string;
}): Command {
  const { folder = stateFolder, machine, pid, runId, token } = options;
  const words = [runId, String(pid), machine.replaceAll(/[^A-Za-z0-9_.:-]/g, '_'), holderFileIn(folder), token];
  const take = ['flock', '--wait', '3', '--conflict-exit-code', String(lockedExitCode), folder];
  const script = 'umask 077 && mkdir -p -- "$1" && chmod 0700 -- "$1" && shift && exec "$@"';
  return createCommand('sh', ['-c', script, 'sh', folder, ...take, 'bash', '-c', holder, 'bash', ...words], {
    effect: 'write',
    stop: 'kill',
  });
}

/**
 * Ends who holds the lock: for a run whose own holder is left behind a link that is lost. See
 * kill(1).
 */
export function endHolderCommand({ hostPid }: LockHolder): Command {
  return createCommand('kill', ['--', String(hostPid)], { effect: 'write' });
}

/**
 * Succeeds where nobody holds the lock, and takes nothing. Exits 1 where somebody does. See
 * flock(1).
 */
export function lockIsFreeCommand(): Command {
  const script = '[ ! -d "$1" ] || exec flock --nonblock --shared --conflict-exit-code 1 "$1" true';
  return createCommand('sh', ['-c', script, 'sh', stateFolder], { effect: 'read' });
}

/** Reads the file of the holder. Undefined where it holds nothing that makes sense. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    const { runId, pid, machine, hostPid, since } = JSON.parse(text) as Partial<Record<string, unknown>>;
    const fits = typeof runId === 'string' && typeof machine === 'string' && typeof since === 'number';
    if (!fits || typeof pid !== 'number' || typeof hostPid !== 'number') return undefined;
    return { runId, pid, machine, hostPid, since: new Date(since * 1000) };
  } catch {
    return undefined;
  }
}
