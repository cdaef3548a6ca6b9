import type { Command } from './command.js';
import type { ExitErrorRule } from './exit-error-rules.js';
import { lines, type LinesOptions } from './lines.js';
import { localTransport } from './local-transport.js';
import { run, type CommandOutput, type RunOptions } from './run.js';
import type { RunningCommand, StartOptions, Transport } from './transport.js';

/** What every client is made with. */
export interface ClientOptions {
  /**
   * Where the commands run.
   * @default localTransport()
   */
  readonly transport?: Transport;
  /**
   * The program to run in place of the tool's own name.
   * @default the name, looked up in PATH
   */
  readonly path?: string;
  /** Milliseconds that each call may take unless it says otherwise. No limit without it. */
  readonly timeoutMs?: number;
}

/** What every method of a client takes besides its own options. */
export interface CallOptions {
  /**
   * Ends the command if it may be killed, as reads and copies may. What may not be killed goes on, and the `AbortedError`
   * tells its outcome.
   */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the same happens by itself. */
  readonly timeoutMs?: number | undefined;
}

/** What a client's methods run their commands with: its transport, its time limit and its error table. */
export interface CommandRunner {
  readonly transport: Transport;
  /** Starts a command for a method that streams; see {@link Transport.start}. */
  start(command: Command, call?: CallOptions): RunningCommand;
  /** Runs a command to its end; see {@link run}. */
  run(
    command: Command,
    call?: CallOptions,
    options?: Omit<RunOptions, keyof StartOptions | 'errors'>,
  ): Promise<CommandOutput>;
  /** Streams a command's lines; see {@link lines}. */
  lines(
    command: Command,
    call?: CallOptions,
    options?: Omit<LinesOptions, keyof StartOptions | 'errors'>,
  ): AsyncGenerator<string, void, undefined>;
}

/**
 * The runner that a client is built on.
 *
 * @example
 * ```ts
 * const runner = createCommandRunner({ transport }, zfsErrors);
 * const { stdout } = await runner.run(listCommand(options), options);
 * ```
 */
export function createCommandRunner(client: ClientOptions, errors: readonly ExitErrorRule[]): CommandRunner {
  const { transport = localTransport(), path } = client;
  const placed = (command: Command): Command => (path === undefined ? command : { ...command, file: path });
  const limits = (call: CallOptions = {}): StartOptions => ({
    signal: call.signal,
    timeoutMs: call.timeoutMs ?? client.timeoutMs,
  });
  return {
    transport,
    start: (command, call) => transport.start(placed(command), limits(call)),
    run: (command, call, options) => run(transport, placed(command), { ...options, ...limits(call), errors }),
    lines: (command, call, options) => lines(transport, placed(command), { ...options, ...limits(call), errors }),
  };
}
