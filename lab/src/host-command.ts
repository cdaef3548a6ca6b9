import type { WriteStream } from 'node:fs';
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
  /** How the program is ended when `signal` aborts. */
  readonly killSignal?: 'SIGTERM' | 'SIGKILL';
  /** An open file that is handed to the program as descriptor 3. */
  readonly thirdDescriptor?: WriteStream;
}

/** Runs a program of this host to its end and returns what it printed on standard output. */
export async function runHostCommand(
  file: string,
  commandArguments: readonly string[],
  options: HostCommandOptions = {},
): Promise<string> {
  const { cwd, env, input, signal, onLine, timeoutMs, killSignal = 'SIGTERM', thirdDescriptor } = options;
  const running = execa(file, commandArguments, {
    env: { ...env, LC_ALL: 'C', PATH: programPath },
    stdio: [
      input === undefined ? 'ignore' : 'pipe',
      'pipe',
      'pipe',
      ...(thirdDescriptor === undefined ? [] : [thirdDescriptor]),
    ],
    all: true,
    killSignal,
    ...(cwd !== undefined && { cwd }),
    ...(input !== undefined && { input }),
    ...(signal !== undefined && { cancelSignal: signal }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });
  if (onLine !== undefined) for await (const line of running.iterable({ from: 'all' })) onLine(line);
  return (await running).stdout;
}
