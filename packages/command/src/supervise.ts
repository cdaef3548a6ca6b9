import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from './command.js';
import { AbortedError, TimeoutError } from './errors.js';
import type { CommandResult, StartOptions } from './transport.js';

/** Between the polite signal and the one that can't be ignored. */
const killAfterMs = 2000;
/** A process that outlives SIGKILL by this hangs in the kernel. */
const givenUpAfterMs = 3000;

export interface SuperviseOptions extends StartOptions {
  readonly command: Command;
  /** Settles when the process has ended, whatever ended it. */
  readonly finished: Promise<CommandResult>;
  /** Sends a signal to the process and its children. May reject: then it could not be sent. */
  readonly kill: (signal: 'TERM' | 'KILL') => Promise<void>;
}

/** Ends the process as its `stop` says, and tells whether it has ended. */
async function end({ command, finished, kill }: SuperviseOptions): Promise<boolean> {
  if (command.stop === 'wait') return false;
  const ended = finished.then(
    () => true,
    () => true,
  );
  for (const [signal, patienceMs] of [
    ['TERM', killAfterMs],
    ['KILL', givenUpAfterMs],
  ] as const) {
    const timer = new AbortController();
    // A signal that can't be sent is no error of its own: the command then still runs, and that is what is reported.
    kill(signal).catch(() => undefined);
    const patience = delay(patienceMs, false, { signal: timer.signal }).catch(() => false);
    const gone = await Promise.race([ended, patience]);
    timer.abort();
    if (gone) return true;
  }
  return false;
}

/**
 * The `result` of a running command: as `finished`, unless its signal or its timeout comes first. Then a command with
 * `stop: 'kill'` is ended before the promise rejects, and one with `stop: 'wait'` goes on while it rejects at once.
 */
export function supervise(options: SuperviseOptions): Promise<CommandResult> {
  const { command, finished, signal, timeoutMs } = options;
  if (signal === undefined && timeoutMs === undefined) return finished;
  return new Promise((resolve, reject) => {
    let stopping = false;
    const stop = (error: (stopped: { stillRunning: boolean; outcome?: Promise<CommandResult> }) => Error): void => {
      if (stopping) return;
      stopping = true;
      release();
      void end(options).then((ended) => {
        // The caller may never look at the outcome.
        finished.catch(() => undefined);
        reject(error(ended ? { stillRunning: false } : { stillRunning: true, outcome: finished }));
      });
    };
    const onAbort = (): void => {
      stop((stopped) => new AbortedError({ command, cause: signal?.reason, ...stopped }));
    };
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            stop((stopped) => new TimeoutError({ command, timeoutMs, ...stopped }));
          }, timeoutMs);
    const release = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    finished.then(
      (result) => {
        release();
        if (!stopping) resolve(result);
      },
      (error: unknown) => {
        release();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handed on as it came
        if (!stopping) reject(error);
      },
    );
  });
}
