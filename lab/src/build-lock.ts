import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { execa, type ResultPromise } from 'execa';
import { programPath } from './host-packages.js';

/** A lock that is held until it is disposed of, or until this process ends in whatever way. */
export type Lock = AsyncDisposable;

const holderSettings = {
  ...({ stdin: 'pipe', stdout: 'pipe', stderr: 'inherit', buffer: false, reject: false } as const),
  // A group of its own: Ctrl-C at the terminal is for this process, which needs the lock while it
  // undoes its work.
  detached: true,
  env: { PATH: programPath },
};

/**
 * Takes the lock of a file, waiting for whoever has it. The signal ends the waiting; a lock that
 * was taken stays taken.
 *
 * The kernel keeps it, through a `flock` that ends when the pipe from this process closes: nothing
 * stale can be left.
 */
export async function takeLock(
  file: string,
  options: { onWait?: () => void; signal?: AbortSignal | undefined } = {},
): Promise<Lock> {
  const { onWait, signal } = options;
  signal?.throwIfAborted();
  const holder = startHolder(file);
  const stopWaiting = (): void => {
    holder.kill();
    // In case it has the lock by now: what it started to keep the lock ends with this pipe.
    holder.stdin.end();
  };
  signal?.addEventListener('abort', stopWaiting, { once: true });
  const patience = new AbortController();
  const waited = delay(500, 'waited' as const, { signal: patience.signal });
  waited.catch(() => undefined);
  const decided = outcome(holder);
  let state = await Promise.race([decided, waited]);
  patience.abort();
  if (state === 'waited') {
    onWait?.();
    state = await decided;
  }
  signal?.removeEventListener('abort', stopWaiting);
  signal?.throwIfAborted();
  if (state === 'ended') throw new Error(`The lock ${file} could not be taken.`);
  return lockOf(holder);
}

/** Takes the lock of a file if nobody has it. Undefined when somebody has. */
export async function tryLock(file: string): Promise<Lock | undefined> {
  const holder = startHolder(file, '--nonblock');
  return (await outcome(holder)) === 'locked' ? lockOf(holder) : undefined;
}

type Holder = ResultPromise<typeof holderSettings>;

function startHolder(file: string, ...flags: readonly string[]): Holder {
  return execa('flock', ['--exclusive', ...flags, file, 'sh', '-c', 'echo locked; exec cat'], holderSettings);
}

function outcome(holder: Holder): Promise<'locked' | 'ended'> {
  const locked = once(holder.stdout, 'data').then(() => 'locked' as const);
  locked.catch(() => undefined);
  return Promise.race([locked, holder.then(() => 'ended' as const)]);
}

function lockOf(holder: Holder): Lock {
  return {
    [Symbol.asyncDispose]: async () => {
      holder.stdin.end();
      await holder;
    },
  };
}
