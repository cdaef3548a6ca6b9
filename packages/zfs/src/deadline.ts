import { setTimeout as sleep } from 'node:timers/promises';
import { AbortedError, TimeoutError, traceCall, type CallOptions, type Command } from '@quiesce/command';

/** A limit of time for several commands together. */
export interface Deadline {
  /** What is left of it for the next command. */
  readonly call: () => CallOptions;
  /** Waits, but not past the limit. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

function startDeadline({ signal, timeoutMs }: CallOptions, command: Command): Deadline {
  const end = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
  const left = (): number => {
    const milliseconds = end - performance.now();
    if (milliseconds > 0) return Math.ceil(milliseconds);
    throw new TimeoutError({ command, timeoutMs: timeoutMs ?? 0, stillRunning: false });
  };
  return {
    call: () => ({ signal, ...(timeoutMs !== undefined && { timeoutMs: left() }) }),
    pause: async (milliseconds) => {
      try {
        await sleep(Math.min(milliseconds, left()), undefined, signal === undefined ? {} : { signal });
      } catch (cause) {
        if (signal?.aborted !== true) throw cause;
        throw new AbortedError({ command, stillRunning: false, cause: signal.reason });
      }
    },
  };
}

/** The same error with the time that the caller gave: a command was given what was left of it. */
function ofCaller(error: unknown, timeoutMs: number | undefined, command: Command): unknown {
  if (timeoutMs === undefined || !TimeoutError.isInstance(error) || error.timeoutMs === timeoutMs) return error;
  const { cause, outcome, stillRunning } = error;
  const whole = new TimeoutError({ command: error.command ?? command, timeoutMs, stillRunning, outcome, cause });
  traceCall(whole);
  return whole;
}

/**
 * Does what takes several commands within one limit of time.
 *
 * @param command - What its errors are about, where none of the commands runs.
 */
export async function withDeadline<Value>(
  limits: CallOptions,
  command: Command,
  work: (deadline: Deadline) => Promise<Value>,
): Promise<Value> {
  try {
    return await work(startDeadline(limits, command));
  } catch (error) {
    throw ofCaller(error, limits.timeoutMs, command);
  }
}
