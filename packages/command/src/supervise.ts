import { endProcess, type StartedCommand } from './end-process.js';
import { AbortedError, TimeoutError, type StoppedOptions } from './errors.js';
import type { CommandResult, RunningCommand, StartOptions } from './transport.js';

type Stopped = Pick<StoppedOptions, 'stillRunning' | 'outcome'>;

/** As `finished`, unless the signal or the timeout comes first. */
function limited(started: StartedCommand, { signal, timeoutMs }: StartOptions): Promise<CommandResult> {
  const { command, finished } = started;
  if (signal === undefined && timeoutMs === undefined) return finished;
  return new Promise((resolve, reject) => {
    let stopping = false;
    const stop = (error: (stopped: Stopped) => Error): void => {
      if (stopping) return;
      stopping = true;
      release();
      void endProcess(started).then((ended) => {
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

/**
 * Puts a command under its signal and its timeout. When one of them comes, a command with
 * `stop: 'kill'` is ended before `result` rejects, and one with `stop: 'wait'` goes on while it
 * rejects at once.
 */
export function supervise(started: StartedCommand, options: StartOptions): RunningCommand {
  const { command, stdin, stdout, stderr, pid } = started;
  const result = limited(started, options);
  result.catch(() => undefined);
  return { command, stdin, stdout, stderr, pid, result };
}
