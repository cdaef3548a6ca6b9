import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { programPath } from './host-packages.js';

/** A lock that is held until it is disposed of, or until this process ends in whatever way. */
export type Lock = AsyncDisposable;

/**
 * Takes the lock of a file, waiting for whoever has it.
 *
 * The kernel keeps it, through a `flock` that ends when the pipe from this process closes: nothing stale can be left.
 */
export async function takeLock(
  file: string,
  options: { onWait?: () => void; signal?: AbortSignal | undefined } = {},
): Promise<Lock> {
  const holder = execa('flock', ['--exclusive', file, 'sh', '-c', 'echo locked; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    buffer: false,
    reject: false,
    env: { PATH: programPath },
    ...(options.signal !== undefined && { cancelSignal: options.signal }),
  });
  const locked = once(holder.stdout, 'data').then(() => 'locked' as const);
  const ended = holder.then(() => 'ended' as const);
  locked.catch(() => undefined);
  const patience = new AbortController();
  const waited = delay(500, 'waited' as const, { signal: patience.signal });
  waited.catch(() => undefined);
  let state = await Promise.race([locked, ended, waited]);
  patience.abort();
  if (state === 'waited') {
    options.onWait?.();
    state = await Promise.race([locked, ended]);
  }
  options.signal?.throwIfAborted();
  if (state === 'ended') throw new Error(`The lock ${file} could not be taken.`);
  return {
    [Symbol.asyncDispose]: async () => {
      holder.stdin.end();
      await holder;
    },
  };
}
