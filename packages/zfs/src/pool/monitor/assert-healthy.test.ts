import { TimeoutError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../../create-zfs.js';
import { PoolSuspendedError, PoolUnhealthyError } from '../../errors/index.js';

const on = (name: 'trixie' | 'bookworm', what: string): ReturnType<typeof createZfs> =>
  createZfs({
    transport: scriptedTransport(({ args }) => {
      const release = releaseOn('zfs', name);
      if (args[0] === 'list') return recorded(release, `zpool guids ${what}`);
      return recorded(release, args.includes('-j') ? `zpool status ${what}` : `zpool status text ${what}`);
    }),
  });

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe.each(['trixie', 'bookworm'] as const)('assertHealthy on %s', (release) => {
  it('returns the status of a healthy pool', async () => {
    const status = await on(release, 'online').pool.assertHealthy({ pool: 'quiesce-zfs' });
    expect(status).toMatchObject({ name: 'quiesce-zfs', state: 'ONLINE' });
  });

  it('names the state, the devices and what zpool advises', async () => {
    const error = await failure(on(release, 'degraded').pool.assertHealthy({ pool: 'quiesce-zfs' }));
    expect(PoolUnhealthyError.isInstance(error) && error).toMatchObject({
      pool: 'quiesce-zfs',
      state: 'DEGRADED',
      dataErrors: 0,
      devices: [{ name: 'mirror-0' }, { state: 'OFFLINE' }],
      advice: expect.stringContaining('zpool online') as string,
    });
    expect(String(error)).toMatch(/the pool quiesce-zfs is DEGRADED.*OFFLINE \(0 read, 0 write, 0 checksum errors\)/);
  });

  it('never takes damaged files for healthy', async () => {
    const damaged = on(release, 'data errors').pool;
    const error = await failure(damaged.assertHealthy({ pool: 'quiesce-zfs-files', allowDeviceErrors: true }));
    expect(PoolUnhealthyError.isInstance(error) && error.dataErrors).toBeGreaterThan(0);
  });

  it('tells a suspended pool', async () => {
    const error = await failure(on(release, 'suspended').pool.assertHealthy({ pool: 'quiesce-zfs-dm' }));
    expect(PoolSuspendedError.isInstance(error)).toBe(true);
  });
});

describe('assertHealthy', () => {
  it('does not wait for zpool for ever', async () => {
    const zfs = createZfs({ transport: scriptedTransport(() => ({ durationMs: 60_000 })) });
    const error = await failure(zfs.pool.assertHealthy({ pool: 'tank', timeoutMs: 20 }));
    expect(TimeoutError.isInstance(error)).toBe(true);
  });
});
