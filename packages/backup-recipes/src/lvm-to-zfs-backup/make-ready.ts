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
  const flushed = await flush(state, running);
  const flushedAt = performance.now();
  await prepared;
  if (performance.now() - flushedAt < flushIsFreshMs || state.signal?.aborted === true) return flushed;
  return flush(state, running);
}
