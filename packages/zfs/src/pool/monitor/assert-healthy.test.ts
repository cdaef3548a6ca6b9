import { TimeoutError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../../create-zfs.js';
import { PoolNotFoundError, PoolSuspendedError, PoolUnhealthyError } from '../../errors/index.js';

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
    const status = await on(release, 'online').pool.assertHealthy({ pools: 'quiesce-zfs' });
    expect(status).toMatchObject([{ name: 'quiesce-zfs', state: 'ONLINE' }]);
  });

  it('names the state, the devices and what zpool advises', async () => {
    const error = await failure(on(release, 'degraded').pool.assertHealthy({ pools: 'quiesce-zfs' }));
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
    const error = await failure(damaged.assertHealthy({ pools: 'quiesce-zfs-files', allowDeviceErrors: true }));
    expect(PoolUnhealthyError.isInstance(error) && error.dataErrors).toBeGreaterThan(0);
  });

  it('tells a suspended pool', async () => {
    const error = await failure(on(release, 'suspended').pool.assertHealthy({ pools: 'quiesce-zfs-dm' }));
    expect(PoolSuspendedError.isInstance(error)).toBe(true);
  });
});

/** What zpool says of several pools at once. */
function together(...what: readonly string[]): { readonly stdout: string } {
  const all = what.map((name) => recorded(releaseOn('zfs', 'trixie'), `zpool status ${name}`).stdout);
  const pools = all.map((stdout) => (JSON.parse(stdout) as { readonly pools: object }).pools);
  return {
    stdout: JSON.stringify({ ...(JSON.parse(all[0] ?? '') as object), pools: Object.assign({}, ...pools) as object }),
  };
}

describe('assertHealthy', () => {
  const names = ['quiesce-zfs', 'quiesce-zfs-files', 'quiesce-zfs-dm'];

  it('looks at all pools, and tells all that are not well', async () => {
    const transport = scriptedTransport(() => together('online', 'data errors', 'suspended'));
    const error = await failure(createZfs({ transport }).pool.assertHealthy());
    expect(transport.commands.map(({ args }) => args)).toEqual([['status', '-j', '-p', '-P', '--']]);
    expect(PoolUnhealthyError.isInstance(error) && error.pool).toBe('quiesce-zfs-files');
    const { errors } = (error as PoolUnhealthyError).cause as AggregateError;
    expect(errors.map((other) => PoolSuspendedError.isInstance(other))).toEqual([true]);
  });

  it('takes several pools, each of which has to be there', async () => {
    const zfs = createZfs({ transport: scriptedTransport(() => together('online')) });
    const error = await failure(zfs.pool.assertHealthy({ pools: names.slice(0, 2) }));
    expect(PoolNotFoundError.isInstance(error) && error.pool).toBe('quiesce-zfs-files');
  });

  it('does not wait for zpool for ever', async () => {
    const zfs = createZfs({ transport: scriptedTransport(() => ({ durationMs: 60_000 })) });
    const error = await failure(zfs.pool.assertHealthy({ pools: 'tank', timeoutMs: 20 }));
    expect(TimeoutError.isInstance(error)).toBe(true);
  });
});
