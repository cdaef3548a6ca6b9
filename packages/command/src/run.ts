import { collectEnds, collectWhole } from './collect.js';
import type { Command } from './command.js';
import { continueOutcome, ExitError, OutputTooLargeError, traceCall } from './errors.js';
import { mapExitError, type ExitErrorRule } from './exit-error-rules.js';
import { linkSignals } from './link-signals.js';
import type { CommandResult, RunningCommand, StartOptions, Transport } from './transport.js';

/** How {@link run} treats what a command prints and how it ends. */
export interface RunOptions extends StartOptions {
  /**
   * Most bytes of standard output to hold in memory. More is an {@link OutputTooLargeError}.
   * @default 16777216 (16 MiB)
   */
  readonly maximumOutputBytes?: number;
  /**
   * Exit codes that are not a failure.
   * @default [0]
   */
  readonly successCodes?: readonly number[];
  /**
   * Keeps all of standard error, up to `maximumOutputBytes`, and not only its ends.
   * @default false
   */
  readonly wholeErrorOutput?: boolean;
  /** Turns an {@link ExitError} into one that says more. */
  readonly errors?: readonly ExitErrorRule[];
}

/** A command that has ended, with what it printed. */
export interface CommandOutput extends CommandResult {
  /** The exit code: one of the `successCodes`. */
  readonly exitCode: number;
  /** All of standard output, decoded as UTF-8. */
  readonly stdout: string;
  /** Standard error: all of it, or its first and last 64 KiB; see `wholeErrorOutput`. */
  readonly stderr: string;
}

/** @default of `maximumOutputBytes` */
export const defaultMaximumOutputBytes: number = 16 * 1024 * 1024;

/** Throws what a result means, if it means failure. */
export function requireSuccess(
  result: CommandResult,
  output: { stdout: string; stderr: string },
  { successCodes = [0], errors = [] }: Pick<RunOptions, 'successCodes' | 'errors'>,
): asserts result is CommandResult & { exitCode: number } {
  if (result.exitCode !== undefined && successCodes.includes(result.exitCode)) return;
  const { command, exitCode, signal } = result;
  const error = mapExitError(new ExitError({ command, exitCode, signal, ...output }), errors);
  traceCall(error, requireSuccess);
  throw error;
}

/** Ends the input of a command that carries none. */
export function closeInput(running: RunningCommand): void {
  if (running.command.stdin === undefined) running.stdin.end();
}

/**
 * Runs a command to its end and returns what it printed.
 *
 * @throws {@link ExitError} (or what `errors` makes of it) for an exit code outside `successCodes`.
 * @throws {@link OutputTooLargeError} when it prints too much. A `stop: 'kill'` command is killed
 * then; a `stop: 'wait'` command is left to finish first.
 * @throws {@link SpawnError}, {@link TransportError}.
 * @throws {@link AbortedError}, {@link TimeoutError}. The `outcome` of a command that still runs is
 * what this call would have come to: it resolves with a {@link CommandOutput} or rejects with the
 * error.
 *
 * @example
 * ```ts
 * const { stdout } = await run(
 *   localTransport(),
 *   createCommand('hostname', [], { effect: 'read' }),
 * );
 * ```
 */
export async function run(transport: Transport, command: Command, options: RunOptions = {}): Promise<CommandOutput> {
  const limitBytes = options.maximumOutputBytes ?? defaultMaximumOutputBytes;
  const overflow = new AbortController();
  const running = linkSignals([options.signal, overflow.signal], (signal) =>
    transport.start(command, { signal, timeoutMs: options.timeoutMs }),
  );
  closeInput(running);
  const stdout = collectWhole(running.stdout, limitBytes, () => {
    if (command.stop === 'kill') overflow.abort();
  });
  const stderr =
    options.wholeErrorOutput === true
      ? collectWhole(running.stderr, limitBytes, () => undefined)
      : collectEnds(running.stderr);
  const tooLarge = (exitCode?: number): OutputTooLargeError =>
    new OutputTooLargeError({ command, limitBytes, what: 'standard output', exitCode });
  const finish = async (result: CommandResult): Promise<CommandOutput> => {
    // The process has ended; its last bytes may still be on their way through our streams.
    await Promise.all([stdout.ended, stderr.ended]);
    const output = { stdout: stdout.text(), stderr: stderr.text() };
    requireSuccess(result, output, options);
    if (stdout.overflowed()) throw tooLarge(result.exitCode);
    return { ...result, ...output };
  };
  let result: CommandResult;
  try {
    result = await running.result;
  } catch (error) {
    if (overflow.signal.aborted && options.signal?.aborted !== true) throw tooLarge();
    traceCall(error);
    continueOutcome(error, async (outcome) => finish(await outcome));
    throw error;
  }
  return finish(result);
}
