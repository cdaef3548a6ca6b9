/*
 * What follows each signal now. One listener serves all of them: Node warns of a leak where a
 * signal has more than ten, and a caller may well run more commands than that under one signal.
 */
const following = new WeakMap<AbortSignal, Set<AbortController>>();

function abortFollowing(this: AbortSignal): void {
  for (const controller of following.get(this) ?? []) controller.abort(this.reason);
}

function follow(signal: AbortSignal, controller: AbortController): void {
  const controllers = following.get(signal) ?? new Set();
  if (controllers.size === 0) signal.addEventListener('abort', abortFollowing);
  following.set(signal, controllers.add(controller));
}

function unfollow(signal: AbortSignal, controller: AbortController): void {
  const controllers = following.get(signal);
  if (controllers?.delete(controller) === true && controllers.size === 0) {
    signal.removeEventListener('abort', abortFollowing);
  }
}

/**
 * Starts something under several signals: it gets one that aborts when the first of them does, with
 * the same reason. The signals are let go of when its `result` settles, or when one of them aborts.
 *
 * `AbortSignal.any` lets go of none of them: each call leaves some bytes on a signal for as long as
 * that one lives.
 *
 * @example
 * ```ts
 * const stop = new AbortController();
 * const enough = new AbortController();
 * const running = linkSignals([stop.signal, enough.signal], (signal) =>
 *   transport.start(createCommand('date', [], { effect: 'read' }), { signal }),
 * );
 * ```
 */
export function linkSignals<Started extends { readonly result: Promise<unknown> }>(
  signals: readonly (AbortSignal | undefined)[],
  start: (signal: AbortSignal) => Started,
): Started {
  const linked = new AbortController();
  const sources = signals.filter((signal) => signal !== undefined);
  const release = (): void => {
    for (const source of sources) unfollow(source, linked);
  };
  linked.signal.addEventListener('abort', release, { once: true });
  const aborted = sources.find((source) => source.aborted);
  // A signal that has aborted tells nobody any more.
  if (aborted !== undefined) linked.abort(aborted.reason);
  else for (const source of sources) follow(source, linked);
  try {
    const started = start(linked.signal);
    started.result.then(release, release);
    return started;
  } catch (error) {
    release();
    throw error;
  }
}
