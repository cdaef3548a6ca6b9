import { Readable, Writable } from 'node:stream';
import type { Command } from './command.js';
import { requireCommand } from './create-command.js';
import { AbortedError, InvalidArgumentError } from './errors.js';
import type { CommandResult, RunningCommand, StartOptions } from './transport.js';

/** Streams without content: nothing to read, and what is written goes nowhere. */
function emptyStreams(): Pick<RunningCommand, 'stdin' | 'stdout' | 'stderr'> {
  const sink = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  return { stdin: sink, stdout: Readable.from([]), stderr: Readable.from([]) };
}

/** A command that never ran. */
export function notStarted(command: Command, error: Error): RunningCommand {
  const result = Promise.reject<CommandResult>(error);
  result.catch(() => undefined);
  return { command, ...emptyStreams(), pid: Promise.resolve(undefined), result };
}

/** A command that does not run, and looks as if it had succeeded and printed nothing. */
export function onlyTold(command: Command): RunningCommand {
  const result = Promise.resolve({ command, exitCode: 0, signal: undefined, durationMs: 0 });
  return { command, ...emptyStreams(), pid: Promise.resolve(undefined), result };
}

// The longest delay a Node timer takes; a longer one would fire at once.
const maximumTimeoutMs = 2 ** 31 - 1;

/** The reason not to start a command at all, if there is one. */
export function refusal(command: Command, { signal, timeoutMs }: StartOptions): Error | undefined {
  if (timeoutMs !== undefined && !(timeoutMs > 0 && timeoutMs <= maximumTimeoutMs)) {
    const expected = `milliseconds from 1 to ${String(maximumTimeoutMs)}`;
    return new InvalidArgumentError({ argument: 'timeoutMs', value: timeoutMs, expected });
  }
  try {
    // Clients and callers change commands after they were built.
    requireCommand(command);
  } catch (error) {
    return error as Error;
  }
  if (signal?.aborted === true) {
    return new AbortedError({ command, cause: signal.reason, stillRunning: false });
  }
  return undefined;
}
