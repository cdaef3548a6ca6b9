import { execa } from 'execa';
import type { Command } from './command.js';
import { SpawnError } from './errors.js';
import { notStarted, refusal } from './not-started.js';
import { supervise } from './supervise.js';
import { systemPath } from './system-path.js';
import type { CommandResult, RunningCommand, StartOptions, Transport } from './transport.js';

async function killGroup(pid: number | undefined, signal: 'TERM' | 'KILL'): Promise<void> {
  if (pid === undefined) return;
  // A negative number means the whole process group, so the children too.
  await Promise.resolve(process.kill(-pid, `SIG${signal}`));
}

function start(command: Command, options: StartOptions = {}): RunningCommand {
  const refused = refusal(command, options);
  if (refused !== undefined) return notStarted(command, refused);
  const startedAt = performance.now();
  const subprocess = execa(command.file, [...command.args], {
    ...(command.cwd !== undefined && { cwd: command.cwd }),
    env: { PATH: systemPath(process.env['PATH']), ...command.env, LC_ALL: 'C' },
    // A group of its own: an abort reaches the children, and Ctrl-C in a terminal does not reach a write.
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    encoding: 'buffer',
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  // A program may end without reading its input; its exit code tells what that meant.
  subprocess.stdin.on('error', () => undefined);
  if (command.stdin !== undefined) subprocess.stdin.end(command.stdin);
  const finished = subprocess.then((result): CommandResult => {
    if (result.exitCode === undefined && result.signal === undefined) {
      throw new SpawnError({ command, code: result.code, cause: result.cause });
    }
    const { exitCode, signal } = result;
    return { command, exitCode, signal, durationMs: performance.now() - startedAt };
  });
  const kill = (signal: 'TERM' | 'KILL'): Promise<void> => killGroup(subprocess.pid, signal);
  const result = supervise({ ...options, command, finished, kill });
  result.catch(() => undefined);
  return {
    command,
    stdin: subprocess.stdin,
    stdout: subprocess.stdout,
    stderr: subprocess.stderr,
    pid: Promise.resolve(subprocess.pid),
    result,
  };
}

/**
 * Runs commands on this machine, without a shell.
 *
 * The directories `/usr/local/sbin`, `/usr/sbin` and `/sbin` are appended to `PATH` where they are missing, so that
 * `lvs` and `zfs` are found from cron and for ordinary users too.
 *
 * @example
 * ```ts
 * const { stdout } = await run(localTransport(), createCommand('uname', ['-r'], { effect: 'read' }));
 * ```
 */
export function localTransport(): Transport {
  return { name: 'local', start };
}
