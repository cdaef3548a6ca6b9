import type { RunningCommand } from './transport.js';

/**
 * Yields a running command's standard output until its end. Throws what its `result` rejects with
 * as soon as it does: the output of a command that goes on, or that can't be killed, may never end.
 */
export async function* chunks(running: RunningCommand): AsyncGenerator<Buffer, void, undefined> {
  const { stdout, result } = running;
  let failure: { readonly reason: unknown } | undefined;
  let wake: () => void = () => undefined;
  const wakeUp = (): void => {
    wake();
  };
  result.catch((reason: unknown) => {
    failure = { reason };
    wake();
  });
  const events = ['readable', 'end', 'close', 'error'] as const;
  for (const event of events) stdout.on(event, wakeUp);
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (failure !== undefined) throw failure.reason;
      const chunk = stdout.read() as Buffer | null;
      if (chunk !== null) yield chunk;
      else if (stdout.readableEnded) return;
      else if (stdout.destroyed) throw stdout.errored ?? new Error('standard output was closed before its end');
      else await woken;
    }
  } finally {
    for (const event of events) stdout.off(event, wakeUp);
  }
}
