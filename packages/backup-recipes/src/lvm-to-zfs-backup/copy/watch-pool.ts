import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, TimeoutError } from '@quiesce/command';
import type { RunState } from '../run-state.js';

/** How often the pool is looked at, in milliseconds. */
const poolEveryMs = 15_000;

/** Waits, and tells whether the signal came meanwhile. */
async function isOverAfter(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return delay(milliseconds, false, { signal }).catch(() => true);
}

/**
 * Looks after the pool of the target while something is copied, and tells when it is suspended or
 * does not answer: what writes to it waits for ever then, and can't be ended either.
 */
export async function watchPool(
  { clients, options }: Pick<RunState, 'clients' | 'options'>,
  signal: AbortSignal,
  onSuspended: (error: CommandError) => void,
  everyMs: number = poolEveryMs,
): Promise<void> {
  const name = options.target.split('/')[0] ?? '';
  const look = async (): Promise<string | undefined> => {
    try {
      const [pool] = await clients.zfs.pool.list({ pools: [name], timeoutMs: options.limits.readMs, signal });
      return pool?.state === 'SUSPENDED' ? 'is suspended' : undefined;
    } catch (error) {
      return TimeoutError.isInstance(error) ? 'does not answer' : undefined;
    }
  };
  // It was looked at before the run.
  while (!(await isOverAfter(everyMs, signal))) {
    // It may only have been busy.
    const why = (await look()) && (await look());
    if (why !== undefined && !(await isOverAfter(0, signal))) {
      onSuspended(
        new CommandError(`the pool ${name} ${why}: nothing more is copied; see zpool status ${name}, and zpool clear`),
      );
      return;
    }
  }
}
