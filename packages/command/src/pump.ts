import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** How {@link pump} copies. */
export interface PumpOptions {
  /** Ends the copying. */
  readonly failed: AbortSignal;
  /** Called with the number of bytes so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Most bytes in a second. No limit without it. */
  readonly maximumBytesPerSecond?: number | undefined;
}

/** Resolves when a stream takes more, or never will. */
function writable(stream: Writable, failed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done).off('error', done);
      failed.removeEventListener('abort', done);
      resolve();
    };
    stream.on('drain', done).on('close', done).on('error', done);
    failed.addEventListener('abort', done);
    if (failed.aborted) done();
  });
}

/**
 * Waits as long as a rate asks for. What was not used while nothing came is lost, but for a tenth
 * of a second of it: a link must not be filled by what was saved up.
 */
function pacer(bytesPerSecond: number): (count: number, failed: AbortSignal) => Promise<void> {
  let due = performance.now();
  return async (count, failed) => {
    due = Math.max(due, performance.now() - 100) + (count / bytesPerSecond) * 1000;
    const early = due - performance.now();
    if (early >= 1) await delay(early, undefined, { signal: failed }).catch(() => undefined);
  };
}

/**
 * Copies with back-pressure until the source ends (true), or the destination takes no more or the
 * copying is to end (false).
 */
export async function pump(
  from: AsyncIterable<Uint8Array>,
  to: Writable,
  { failed, maximumBytesPerSecond, onBytes }: PumpOptions,
): Promise<boolean> {
  const pace = maximumBytesPerSecond === undefined ? undefined : pacer(maximumBytesPerSecond);
  let bytes = 0;
  for await (const chunk of from) {
    if (!to.destroyed && !to.write(chunk)) await writable(to, failed);
    if (to.destroyed || failed.aborted) return false;
    bytes += chunk.byteLength;
    onBytes?.(bytes);
    await pace?.(chunk.byteLength, failed);
  }
  return true;
}
