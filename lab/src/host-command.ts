import type { WriteStream } from 'node:fs';
import process from 'node:process';
import { execa } from 'execa';
import { programPath } from './host-packages.js';
import type { OnDetail } from './progress.js';

/** How a program of this host is run. */
export interface HostCommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal | undefined;
  /** Is told each line that the program prints. */
  readonly onLine?: OnDetail;
  readonly timeoutMs?: number;
  /**
   * For a program that starts others: it gets a process group of its own, apart from Ctrl-C at the
   * terminal, and all of the group gets this when `signal` aborts.
   */
  readonly groupKillSignal?: 'SIGTERM' | 'SIGKILL';
  /** An open file that is handed to the program as descriptor 3. */
  readonly thirdDescriptor?: WriteStream;
}

/** Runs a program of this host to its end and returns what it printed on standard output. */
export async function runHostCommand(
  file: string,
  commandArguments: readonly string[],
  options: HostCommandOptions = {},
): Promise<string> {
  const { cwd, env, input, signal, onLine, timeoutMs, groupKillSignal, thirdDescriptor } = options;
  signal?.throwIfAborted();
  const running = execa(file, commandArguments, {
    env: { ...env, LC_ALL: 'C', PATH: programPath },
    stdio: [
      input === undefined ? 'ignore' : 'pipe',
      'pipe',
      'pipe',
      ...(thirdDescriptor === undefined ? [] : [thirdDescriptor]),
    ],
    all: true,
    detached: groupKillSignal !== undefined,
    ...(cwd !== undefined && { cwd }),
    ...(input !== undefined && { input }),
    ...(signal !== undefined && groupKillSignal === undefined && { cancelSignal: signal }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });
  const killGroup = (): void => {
    if (groupKillSignal === undefined || running.pid === undefined) return;
    try {
      process.kill(-running.pid, groupKillSignal);
    } catch {
      // It has ended meanwhile.
    }
  };
  signal?.addEventListener('abort', killGroup);
  try {
    if (onLine !== undefined) for await (const line of running.iterable({ from: 'all' })) onLine(line);
    return (await running).stdout;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', killGroup);
  }
}
