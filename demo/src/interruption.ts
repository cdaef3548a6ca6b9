import { constants } from 'node:os';
import process from 'node:process';

const sameKeyMs = 1000;

/**
 * Aborts when the process is told to end, and sets its exit code. Being told again ends it at once; but not within a
 * second, because tsx hands on the Ctrl-C that the terminal has already sent to us.
 */
export function abortWhenInterrupted(onInterruption: (signalName: string) => void): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const exitCode = 128 + constants.signals[name];
    process.on(name, () => {
      if (firstAt !== undefined) {
        if (performance.now() - firstAt > sameKeyMs) process.exit(exitCode);
        return;
      }
      firstAt = performance.now();
      process.exitCode = exitCode;
      onInterruption(name);
      controller.abort(new Error(`stopped by ${name}`));
    });
  }
  return controller.signal;
}
