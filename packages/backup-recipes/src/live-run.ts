import { setTimeout as delay } from 'node:timers/promises';
import { run, type Transport } from '@quiesce/command';
import { HostBusyError } from './host-busy-error.js';
import { readHolder } from './host-lock.js';
import { lockIsFreeCommand, type LockHolder } from './host/lock.js';
import { limits } from './limits.js';

/** Who has just got the lock needs a moment to say so. */
const waitsMs = [100, 300, 1000];

/**
 * The run that is under way on a host, if there is one. Takes nothing.
 *
 * @throws {@link HostBusyError} where there is one, and it does not say which.
 */
export async function readLiveRun(
  transport: Transport,
  signal: AbortSignal | undefined,
): Promise<LockHolder | undefined> {
  for (const waitMs of [...waitsMs, 0]) {
    const { exitCode } = await run(transport, lockIsFreeCommand(), {
      signal,
      successCodes: [0, 1],
      timeoutMs: limits.readMs,
    });
    if (exitCode === 0) return undefined;
    const holder = await readHolder(transport);
    if (holder !== undefined) return holder;
    await delay(waitMs, undefined, signal === undefined ? {} : { signal });
  }
  throw new HostBusyError(undefined);
}
