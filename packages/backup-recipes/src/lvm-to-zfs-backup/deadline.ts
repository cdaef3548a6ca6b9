import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '@quiesce/command';

/** Until when guests may stay paused: the watchdog has been counting since it was armed. */
export interface Deadline {
  readonly over: AbortSignal;
  /** Resolves when it is over, or need not be waited for any longer. */
  readonly reached: Promise<void>;
  stop(): void;
}

/** Begins to count at `armedAt`, as of `performance.now()`. */
export function startDeadline(maximumPauseMs: number, armedAt: number): Deadline {
  const over = new AbortController();
  const timer = new AbortController();
  const leftMs = Math.max(0, armedAt + maximumPauseMs - performance.now());
  const reached = delay(leftMs, undefined, { signal: timer.signal }).then(
    () => {
      const limit = `maximumPauseMs (${String(maximumPauseMs)} ms)`;
      over.abort(new CommandError(`the guests could be paused no longer than ${limit}`));
    },
    () => undefined,
  );
  return {
    over: over.signal,
    reached,
    stop: () => {
      timer.abort();
    },
  };
}

/** Whether a promise settles within a time. It must not reject. */
export async function settlesWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  const given = delay(milliseconds, false, { signal: timer.signal }).catch(() => false);
  const settled = await Promise.race([promise.then(() => true), given]);
  timer.abort();
  return settled;
}
