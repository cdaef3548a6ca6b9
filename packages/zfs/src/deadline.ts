import { setTimeout as sleep } from 'node:timers/promises';
import { AbortedError, TimeoutError, type CallOptions, type Command } from '@quiesce/command';

/** A limit of time for several commands together. */
export interface Deadline {
  /** What is left of it for the next command. */
  readonly call: () => CallOptions;
  /** Waits, but not past the limit. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/**
 * Begins a limit of time for several commands together.
 *
 * @param command - What its errors are about.
 */
export function startDeadline({ signal, timeoutMs }: CallOptions, command: Command): Deadline {
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
