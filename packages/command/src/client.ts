import { checkOptions } from './arguments/check-options.js';
import type { CallOptions, ClientOptions } from './client-options.js';
import type { Command } from './command.js';
import { InvalidArgumentError } from './errors.js';
import type { ExitErrorRule } from './exit-error-rules.js';
import { bytes } from './bytes.js';
import { feed } from './feed.js';
import { hideInput } from './hide-input.js';
import { lineBatches, lines, type LinesOptions } from './lines.js';
import { localTransport } from './local-transport.js';
import { parseOutput } from './parse-output.js';
import type { PipeStage } from './pipe.js';
import { run, type CommandOutput, type RunOptions } from './run.js';
import type { RunningCommand, StartOptions, Transport } from './transport.js';

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
  /** Runs a command that a caller gave: its limits are checked as the options of a method are. */
  runGiven(command: Command, call?: CallOptions): Promise<CommandOutput>;
  /** Starts a command for a method that streams; see {@link Transport.start}. */
  start(command: Command, call?: CallOptions): RunningCommand;
  /** Streams a command's lines; see {@link lines}. */
  lines(
    command: Command,
    call?: CallOptions,
    options?: Omit<LinesOptions, keyof StartOptions | 'errors'>,
  ): AsyncGenerator<string, void, undefined>;
  /** Streams a command's lines, many at once; see {@link lineBatches}. */
  lineBatches(command: Command, call?: CallOptions): AsyncGenerator<readonly string[], void, undefined>;
  /** Streams what a command prints; see {@link bytes}. */
  bytes(command: Command, call?: CallOptions): AsyncGenerator<Buffer, void, undefined>;
  /** Runs a command whose input comes from a stream; see {@link feed}. */
  feed(command: Command, input: AsyncIterable<Uint8Array>, call?: CallOptions): Promise<CommandOutput>;
  /** The command as a stage of a pipe; see {@link pipe}. */
  stage(command: Command): PipeStage;
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
      throw new InvalidArgumentError({
        argument: 'command',
        value: command,
        expected: `a command of ${program}, as createCommand('${program}', ['list'])`,
      });
    }
    return hideInput({ ...command, file: path, args: [...leading, ...command.args] });
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
    runGiven: async (command, call = {}) => runPlaced(command, checkOptions<CallOptions>({}, call)),
    start: (command, call) => transport.start(placed(command), limits(call)),
    lines: (command, call, options) => lines(transport, placed(command), { ...options, ...limits(call), errors }),
    lineBatches: (command, call) => lineBatches(transport, placed(command), { ...limits(call), errors }),
    bytes: (command, call) => bytes(transport, placed(command), { ...limits(call), errors }),
    feed: async (command, input, call) => feed(transport, placed(command), input, { ...limits(call), errors }),
    stage: (command) => ({ transport, command: placed(command), errors }),
  };
}
