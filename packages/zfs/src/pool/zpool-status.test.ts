import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import type { PoolStatus } from './pool-status.js';
import { parseZpoolStatus } from './zpool-status-json.js';
import { zpoolStatusCommand } from './zpool-status.js';

const release = releaseOn('zfs', 'trixie');

function status(name: string): PoolStatus {
  const [pool, ...others] = parseZpoolStatus(recorded(release, `zpool status ${name}`).stdout);
  if (pool === undefined || others.length > 0) throw new Error('expected one pool');
  return pool;
}

describe('zpoolStatusCommand', () => {
  it('builds the defaults', () => {
    expect(zpoolStatusCommand()).toEqual({
      file: 'zpool',
      args: ['status', '-j', '-p', '-P', '--'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = zpoolStatusCommand({ pools: ['tank', 'a b'] });
    expect(args).toEqual(['status', '-j', '-p', '-P', '--', 'tank', 'a b']);
  });

  it.each(['', '-v', 'tank/a'])('refuses the pool %j', (pool) => {
    expect(() => zpoolStatusCommand({ pools: [pool] })).toThrow(InvalidArgumentError);
  });
});

describe(`parseZpoolStatus on ${release}`, () => {
  const disk = (number: number, state: string): object => ({
    name: `/dev/disk/by-id/virtio-spare${String(number)}-part1`,
    type: 'disk',
    class: 'normal',
    state,
    guid: expect.stringMatching(/^\d{15,20}$/) as string,
    path: `/dev/disk/by-id/virtio-spare${String(number)}-part1`,
    readErrors: 0,
    writeErrors: 0,
    checksumErrors: 0,
    children: [],
  });

  it('reads a healthy mirror', () => {
    expect(status('online')).toEqual({
      name: 'quiesce-zfs',
      guid: expect.stringMatching(/^\d{15,20}$/) as string,
      state: 'ONLINE',
      message: undefined,
      action: undefined,
      scan: undefined,
      vdevs: [
        {
          name: 'mirror-0',
          type: 'mirror',
          class: 'normal',
          state: 'ONLINE',
          guid: expect.stringMatching(/^\d{15,20}$/) as string,
          path: undefined,
          readErrors: 0,
          writeErrors: 0,
          checksumErrors: 0,
          children: [disk(2, 'ONLINE'), disk(3, 'ONLINE')],
        },
      ],
      dataErrors: 0,
    });
  });

  it('reads a degraded mirror, and what zpool says about it in one line', () => {
    const { state, message, action, vdevs } = status('degraded');
    expect(state).toBe('DEGRADED');
    expect(vdevs).toMatchObject([{ state: 'DEGRADED', children: [disk(2, 'ONLINE'), disk(3, 'OFFLINE')] }]);
    expect(message).toMatch(/^One or more devices .* degraded state\.$/);
    expect(action).toMatch(/^Online the device using 'zpool online' or replace the device with 'zpool replace'\.$/);
  });

  it('reads a resilver that has ended', () => {
    const { scan } = status('resilvered');
    expect(scan).toMatchObject({
      function: 'RESILVER',
      state: 'FINISHED',
      pausedAt: undefined,
      errors: 0,
      progress: 1,
    });
    expect(scan?.repairedBytes).toBeGreaterThan(0);
    expect(scan?.endedAt?.getTime()).toBeGreaterThanOrEqual(scan?.startedAt?.getTime() ?? Number.NaN);
  });

  it('reads a scrub that is paused, and one that was stopped', () => {
    const { scan: paused } = status('scrub paused');
    expect(paused).toMatchObject({ function: 'SCRUB', state: 'SCANNING', endedAt: undefined });
    expect(paused?.pausedAt).toBeInstanceOf(Date);
    expect(paused?.progress).toBeGreaterThan(0);
    expect(paused?.progress).toBeLessThan(1);
    const { scan: canceled } = status('scrub canceled');
    expect(canceled).toMatchObject({ function: 'SCRUB', state: 'CANCELED', pausedAt: undefined });
    expect(canceled?.endedAt).toBeInstanceOf(Date);
  });

  it('reads special, log, cache and spare devices', () => {
    const { vdevs } = status('all kinds');
    expect(vdevs.map(({ name, class: of, state }) => [name.replace(/.*\//, ''), of, state])).toEqual([
      ['mirror-0', 'normal', expect.any(String)],
      ['mirror-1', 'special', 'ONLINE'],
      ['f4', 'log', 'ONLINE'],
      ['f5', 'l2cache', 'ONLINE'],
      ['f6', 'spare', 'AVAIL'],
    ]);
    expect(vdevs.at(-1)).toMatchObject({ readErrors: undefined, children: [] });
  });

  it('reads damaged data in a pool that is online', () => {
    const pool = status('data errors');
    expect(pool).toMatchObject({ state: 'ONLINE', dataErrors: expect.any(Number) as number });
    expect(pool.dataErrors).toBeGreaterThan(0);
    expect(pool.vdevs[0]?.checksumErrors).toBeGreaterThan(0);
  });

  it('reads a suspended pool', () => {
    const pool = status('suspended');
    expect(pool.state).toBe('SUSPENDED');
    expect(pool.vdevs[0]?.writeErrors).toBeGreaterThan(0);
  });
});

describe('parseZpoolStatus', () => {
  const wire = JSON.parse(recorded(release, 'zpool status online').stdout) as { pools: Record<string, object> };
  const changed = (change: object): string =>
    JSON.stringify({ pools: { 'quiesce-zfs': { ...wire.pools['quiesce-zfs'], ...change } } });

  it('reads no pools', () => {
    expect(parseZpoolStatus('{"output_version":{},"pools":{}}')).toEqual([]);
  });

  it('ignores what it does not know, and takes states that are new', () => {
    const [pool] = parseZpoolStatus(changed({ state: 'SOMETHING', novelty: [1] }));
    expect(pool?.state).toBe('SOMETHING');
  });

  it('reads a draid vdev without type and state, what it is made of, and the pools beside it', () => {
    const errors = { read_errors: '0', write_errors: '0', checksum_errors: '0' };
    const disk = {
      name: 'sda',
      vdev_type: 'disk',
      guid: '1',
      class: 'normal',
      state: 'ONLINE',
      path: '/dev/sda',
      ...errors,
    };
    const draid = {
      name: 'draid1:4d:6c:1s-0',
      alloc_space: '1000',
      total_space: '60000',
      ...errors,
      vdevs: { sda: disk },
    };
    const root = { name: 'tank', vdev_type: 'root', guid: '111', class: 'normal', state: 'ONLINE', ...errors };
    const spare = { name: 'draid1-0-0', vdev_type: 'dspare', guid: '7', state: 'AVAIL' };
    const stdout = JSON.stringify({
      output_version: { command: 'zpool status', vers_major: 0, vers_minor: 1 },
      pools: {
        tank: {
          ...{ name: 'tank', state: 'ONLINE', pool_guid: '111', txg: '9', spa_version: '5000', zpl_version: '5' },
          vdevs: { tank: { ...root, vdevs: { [draid.name]: draid } } },
          spares: { [spare.name]: spare },
          error_count: '0',
        },
        good: { name: 'good', state: 'ONLINE', pool_guid: '222', vdevs: {}, error_count: '0' },
      },
    });
    const [tank, good] = parseZpoolStatus(stdout);
    expect(tank).toMatchObject({ name: 'tank', state: 'ONLINE', guid: '111', dataErrors: 0 });
    expect(tank?.vdevs).toEqual([
      {
        ...{ name: draid.name, type: undefined, class: 'normal', state: undefined, guid: undefined, path: undefined },
        ...{ readErrors: 0, writeErrors: 0, checksumErrors: 0 },
        children: [expect.objectContaining({ name: 'sda', type: 'disk', state: 'ONLINE', path: '/dev/sda' })],
      },
      expect.objectContaining({ name: 'draid1-0-0', type: 'dspare', state: 'AVAIL' }),
    ]);
    expect(good).toMatchObject({ name: 'good', state: 'ONLINE', vdevs: [], dataErrors: 0 });
  });

  it.each([
    ['no JSON', 'pool: tank\n'],
    ['nothing', ''],
    ['a pool without state', changed({ state: undefined })],
    ['a count that is not a number', changed({ error_count: 'many' })],
    ['a count too large to be exact', changed({ error_count: '18446744073709551615' })],
  ])('refuses %s', (_what, stdout) => {
    expect(() => parseZpoolStatus(stdout)).toThrow(OutputParseError);
  });
});
