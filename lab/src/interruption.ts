import { constants } from 'node:os';
import process from 'node:process';

const sameKeyMs = 1000;

/**
 * Aborts when the process is told to end, or when nobody reads what it prints any more, and sets
 * its exit code. Being told again ends it at once; but not within a second, because npm hands on
 * the Ctrl-C that the terminal has already sent to us.
 */
export function abortWhenInterrupted(onInterruption: (reason: string) => void = () => undefined): AbortSignal {
  const controller = new AbortController();
  const interrupt = (reason: string, exitCode: number): void => {
    if (controller.signal.aborted) return;
    process.exitCode = exitCode;
    controller.abort(new Error(`stopped by ${reason}`));
    onInterruption(reason);
  };
  let firstAt: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const exitCode = 128 + constants.signals[name];
    process.on(name, () => {
      if (firstAt !== undefined && performance.now() - firstAt > sameKeyMs) process.exit(exitCode);
      firstAt ??= performance.now();
      interrupt(name, exitCode);
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ message }) => interrupt(`closed output: ${message}`, 128 + constants.signals.SIGPIPE));
  }
  return controller.signal;
}
