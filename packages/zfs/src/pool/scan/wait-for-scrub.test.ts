import { AbortedError, InvalidArgumentError, TimeoutError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs, type Zfs } from '../../create-zfs.js';
import { NoScrubError, PoolSuspendedError, ScrubStoppedError } from '../../errors/index.js';
import type { PoolScan } from '../pool-status.js';

const release = releaseOn('zfs', 'trixie');
const pool = 'quiesce-scan';

/** A client that is told one status after the other, the last one again and again. */
function zfsWith(...names: readonly string[]): Zfs {
  let call = 0;
  return createZfs({
    transport: scriptedTransport(() => {
      const name = names[Math.min(call, names.length - 1)] ?? '';
      call += 1;
      return recorded(release, name);
    }),
  });
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe('waitForScrub', () => {
  it('tells progress, and returns the scrub that ended', async () => {
    const seen: PoolScan[] = [];
    // The recorded scrubs began at other times, so that the first is left out.
    const zfs = zfsWith('scan status repaired');
    const scan = await zfs.pool.waitForScrub({ pool, onProgress: (now) => seen.push(now) });
    expect(scan).toMatchObject({ state: 'FINISHED', errors: 0 });
    expect(scan.repairedBytes).toBeGreaterThan(0);
    expect(seen).toEqual([scan]);
  });

  it('asks again while it runs or is paused', async () => {
    const seen: PoolScan[] = [];
    const zfs = zfsWith('scan status scrubbing', 'scan status scrub paused', 'scan status scrub canceled');
    const error = await failure(zfs.pool.waitForScrub({ pool, intervalMs: 1, onProgress: (now) => seen.push(now) }));
    expect(ScrubStoppedError.isInstance(error) && error).toMatchObject({ pool });
    expect(seen.map(({ state, pausedAt }) => [state, pausedAt !== undefined])).toEqual([
      ['SCANNING', false],
      ['SCANNING', true],
    ]);
  });

  it('takes a resilver or another scrub for the end of one', async () => {
    for (const other of ['scan status resilvering', 'scan status repaired']) {
      const error = await failure(zfsWith('scan status scrubbing', other).pool.waitForScrub({ pool, intervalMs: 1 }));
      expect(ScrubStoppedError.isInstance(error)).toBe(true);
    }
  });

  it('refuses a pool without a scrub, and one that is suspended', async () => {
    for (const name of ['zpool status online', 'scan status resilvered']) {
      expect(NoScrubError.isInstance(await failure(zfsWith(name).pool.waitForScrub({ pool })))).toBe(true);
    }
    const error = await failure(zfsWith('zpool status suspended').pool.waitForScrub({ pool }));
    expect(PoolSuspendedError.isInstance(error)).toBe(true);
  });

  it('ends with its time or its signal', async () => {
    const late = await failure(zfsWith('scan status scrubbing').pool.waitForScrub({ pool, timeoutMs: 50 }));
    expect(TimeoutError.isInstance(late)).toBe(true);
    const stop = new AbortController();
    const waiting = zfsWith('scan status scrubbing').pool.waitForScrub({
      pool,
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    });
    expect(AbortedError.isInstance(await failure(waiting))).toBe(true);
  });

  it('refuses what is no function', async () => {
    const error = await failure(zfsWith().pool.waitForScrub({ pool, onProgress: 5 as never }));
    expect(InvalidArgumentError.isInstance(error) && error.argument).toBe('onProgress');
  });
});
