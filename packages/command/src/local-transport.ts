import { statSync } from 'node:fs';
import { execa } from 'execa';
import type { Command } from './command.js';
import { SpawnError } from './errors.js';
import { notStarted, refusal } from './not-started.js';
import { isProgram } from './program.js';
import { supervise } from './supervise.js';
import { systemPath } from './system-path.js';
import type { CommandResult, RunningCommand, StartOptions, Transport } from './transport.js';

/** A command's words. A write gets SIGPIPE ignored: it outlives whoever reads what it prints. */
function words({ file, args, cwd, stop }: Command, path: string): readonly [string, ...string[]] {
  // Where there is no such program, Node says so best.
  if (stop === 'kill' || !isProgram(file, path, cwd)) return [file, ...args];
  return ['/bin/sh', '-c', 'trap "" PIPE; exec "$@"', 'sh', file, ...args];
}

function isMissing(directory: string | undefined): boolean {
  return directory !== undefined && !(statSync(directory, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

function start(command: Command, options: StartOptions = {}): RunningCommand {
  const refused = refusal(command, options);
  if (refused !== undefined) return notStarted(command, refused);
  const startedAt = performance.now();
  const path = command.env?.['PATH'] ?? systemPath(process.env['PATH']);
  const [file, ...args] = words(command, path);
  const subprocess = execa(file, args, {
    ...(command.cwd !== undefined && { cwd: command.cwd }),
    env: { ...command.env, PATH: path, LC_ALL: 'C' },
    // A group of its own: an abort reaches the children, and Ctrl-C in a terminal does not reach a
    // write.
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    encoding: 'buffer',
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const { pid, stdin, stdout, stderr } = subprocess;
  // A program may end without reading its input; its exit code tells what that meant.
  stdin.on('error', () => undefined);
  if (command.stdin !== undefined) stdin.end(command.stdin);
  const finished = subprocess.then((result): CommandResult => {
    if (result.exitCode === undefined && result.signal === undefined) {
      const code = isMissing(command.cwd) ? 'no such working directory' : result.code;
      throw new SpawnError({ command, code, cause: result.cause });
    }
    const { exitCode, signal } = result;
    return { command, exitCode, signal, durationMs: performance.now() - startedAt };
  });
  const kill = async (signal: 'TERM' | 'KILL'): Promise<boolean> => {
    // A negative number means the whole process group, so the children too.
    if (pid !== undefined) process.kill(-pid, `SIG${signal}`);
    return Promise.resolve(false);
  };
  return supervise({ command, stdin, stdout, stderr, pid: Promise.resolve(pid), finished, kill }, options);
}

/**
 * Runs commands on this machine, without a shell.
 *
 * The directories `/usr/local/sbin`, `/usr/sbin` and `/sbin` are appended to `PATH` where they are
 * missing, so that `lvs` and `zfs` are found from cron and for ordinary users too.
 *
 * @example
 * ```ts
 * const { stdout } = await run(
 *   localTransport(),
 *   createCommand('uname', ['-r'], { effect: 'read' }),
 * );
 * ```
 */
export function localTransport(): Transport {
  return { name: 'local', start };
}
