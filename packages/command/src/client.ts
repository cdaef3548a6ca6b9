import type { Command } from './command.js';
import { InvalidArgumentError } from './errors.js';
import type { ExitErrorRule } from './exit-error-rules.js';
import { lines, type LinesOptions } from './lines.js';
import { localTransport } from './local-transport.js';
import { parseOutput } from './parse-output.js';
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
  /**
   * Most bytes that a call may print: more is an `OutputTooLargeError`. All of it is held in
   * memory.
   * @default 16777216 (16 MiB)
   */
  readonly maximumOutputBytes?: number;
}

/** What every method of a client takes besides its own options. */
export interface CallOptions {
  /**
   * Ends the command if it may be killed, as reads and copies may. What may not be killed goes on,
   * and the `AbortedError` tells its outcome.
   */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the same happens by itself. */
  readonly timeoutMs?: number | undefined;
}

/** What {@link createCommandRunner} takes besides what the client was made with. */
export interface CommandRunnerOptions {
  /** The program that the commands are of, as `zfs`. */
  readonly program: string;
  /** Which failures become which errors. */
  readonly errors: readonly ExitErrorRule[];
  /** Words before those of each command, as `-c URI`. */
  readonly leading?: readonly string[];
}

/**
 * What a client's methods run their commands with: its transport, its program, its limits and its
 * error table.
 */
export interface CommandRunner {
  readonly transport: Transport;
  /** Runs a command that is only done. */
  perform(command: Command, call?: CallOptions): Promise<void>;
  /** Runs a command and reads what it printed. A failure to read it carries the command. */
  read<Value>(command: Command, call: CallOptions, parse: (stdout: string) => Value): Promise<Value>;
  /** Runs a command to its end; see {@link run}. */
  run(
    command: Command,
    call?: CallOptions,
    options?: Omit<RunOptions, keyof StartOptions | 'errors'>,
  ): Promise<CommandOutput>;
  /** Starts a command for a method that streams; see {@link Transport.start}. */
  start(command: Command, call?: CallOptions): RunningCommand;
  /** Streams a command's lines; see {@link lines}. */
  lines(
    command: Command,
    call?: CallOptions,
    options?: Omit<LinesOptions, keyof StartOptions | 'errors'>,
  ): AsyncGenerator<string, void, undefined>;
}

/**
 * The runner that a client is built on. It takes commands of its own program only.
 *
 * @example
 * ```ts
 * const zfs = createCommandRunner({ transport }, { program: 'zfs', errors: zfsErrors });
 * const options = { timeoutMs: 30_000 };
 * const datasets = await zfs.read(zfsListCommand(options), options, parseZfsList);
 * ```
 */
export function createCommandRunner(
  client: ClientOptions,
  { errors, leading = [], program }: CommandRunnerOptions,
): CommandRunner {
  const { maximumOutputBytes, path = program, transport = localTransport() } = client;
  const placed = (command: Command): Command => {
    // Callers without types can pass anything.
    const given: unknown = command;
    const { args, file } = (given ?? {}) as { readonly args?: unknown; readonly file?: unknown };
    if (file !== program || !Array.isArray(args)) {
      throw new InvalidArgumentError({ argument: 'command', value: command, expected: `a command of ${program}` });
    }
    return { ...command, file: path, args: [...leading, ...command.args] };
  };
  const limits = (call: CallOptions = {}): StartOptions => ({
    signal: call.signal,
    timeoutMs: call.timeoutMs ?? client.timeoutMs,
  });
  const runPlaced: CommandRunner['run'] = async (command, call, options) =>
    run(transport, placed(command), {
      ...(maximumOutputBytes !== undefined && { maximumOutputBytes }),
      ...options,
      ...limits(call),
      errors,
    });
  return {
    transport,
    perform: async (command, call) => {
      await runPlaced(command, call);
    },
    read: async (command, call, parse) => parseOutput(await runPlaced(command, call), parse),
    run: runPlaced,
    start: (command, call) => transport.start(placed(command), limits(call)),
    lines: (command, call, options) => lines(transport, placed(command), { ...options, ...limits(call), errors }),
  };
}
