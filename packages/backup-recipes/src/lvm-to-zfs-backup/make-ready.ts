import { run } from '@quiesce/command';
import { syncCommand } from '../host/flush.js';
import type { DomainFacts } from './domains.js';
import { flush } from './flush.js';
import { prepare } from './prepare.js';
import type { RunState } from './run-state.js';

// What a guest wrote since it was told to flush is in its buffers again.
const flushIsFreshMs = 5000;

/** Makes ready for the pause: the space for the snapshots is made while the guests write out their buffers. */
export async function makeReady(state: RunState, running: readonly DomainFacts[]): Promise<ReadonlySet<DomainFacts>> {
  const prepared = prepare(state);
  if (running.length === 0) {
    await prepared;
    await run(state.transport, syncCommand());
    return new Set();
  }
  const flushing = flush(state, running).then((flushed) => ({ flushed, at: performance.now() }));
  // What is being made has to be there, or not, before it can be undone.
  await Promise.allSettled([flushing, prepared]);
  const { flushed, at } = await flushing;
  if (performance.now() - at < flushIsFreshMs || state.signal?.aborted === true) return flushed;
  return flush(state, running);
}
