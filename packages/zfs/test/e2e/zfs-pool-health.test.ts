import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createZfs,
  InvalidPropertyError,
  NoScrubError,
  PoolNotFoundError,
  PoolSuspendedError,
  PoolUnhealthyError,
  type PoolScan,
  type Zfs,
} from '../../src/index.js';

const pool = 'quiesce-health';
const files = '/var/tmp/quiesce-health';

async function shell(script: string): Promise<string> {
  const command = createCommand('sh', ['-euc', script, 'sh', pool, files], { effect: 'write' });
  return (await run(labTransport(), command)).stdout;
}

const wipe = `
  if zpool list "$1" >/dev/null 2>&1; then zpool destroy -f "$1"; fi
  rm -rf --one-file-system "$2"
  if [ -d "/$1" ]; then rmdir "/$1"; fi`;

describe('watching a pool', () => {
  let zfs: Zfs;

  beforeAll(async () => {
    zfs = createZfs({ transport: labTransport() });
    // One half of a mirror is overwritten behind the back of the pool. ZFS writes the slower the
    // less of a small pool is left, so most of it stays empty.
    await shell(`${wipe}
      mkdir "$2"
      truncate -s 128M "$2/f0" "$2/f1"
      zpool create -f -O compression=off "$1" mirror "$2/f0" "$2/f1"
      head -c 8M /dev/urandom >"/$1/image"
      zpool export "$1"
      dd if=/dev/zero of="$2/f0" bs=1M seek=5 count=118 conv=notrunc status=none
      zpool import -d "$2" "$1"`);
  });

  afterAll(() => shell(wipe));

  it('follows events, and waits for a scrub that repairs', async () => {
    const events = zfs.pool.events({ pool, follow: true, timeoutMs: 60_000 });
    const seen = (async () => {
      for await (const event of events) {
        if (event.class === 'sysevent.fs.zfs.scrub_finish') return event;
      }
      return undefined;
    })();
    await zfs.pool.scrub({ pools: pool });
    const progress: PoolScan[] = [];
    const scan = await zfs.pool.waitForScrub({
      pool,
      timeoutMs: 60_000,
      intervalMs: 200,
      onProgress: (now) => progress.push(now),
    });
    expect(scan).toMatchObject({ function: 'SCRUB', state: 'FINISHED', errors: 0, progress: 1 });
    expect(scan.repairedBytes).toBeGreaterThan(1024 ** 2);
    expect(progress.at(-1)).toEqual(scan);
    expect(await seen).toMatchObject({ pool, payload: { pool } });
  });

  it('tells which device had errors, and refuses the pool until they are cleared', async () => {
    const [status] = await zfs.pool.status({ pools: pool, timeoutMs: 30_000 });
    const [mirror] = status?.vdevs ?? [];
    expect(mirror?.children.map(({ name }) => name)).toEqual([`${files}/f0`, `${files}/f1`]);
    const [damaged, whole] = mirror?.children ?? [];
    expect(damaged?.checksumErrors).toBeGreaterThan(0);
    expect(whole).toMatchObject({ readErrors: 0, writeErrors: 0, checksumErrors: 0 });
    const error: unknown = await zfs.pool.assertHealthy({ pools: pool }).catch((reason: unknown) => reason);
    expect(PoolUnhealthyError.isInstance(error) && error).toMatchObject({
      pool,
      state: 'ONLINE',
      dataErrors: 0,
      devices: [{ name: `${files}/f0` }],
      advice: expect.stringContaining('zpool clear') as string,
    });
    const both = ['archives', pool];
    const ofBoth: unknown = await zfs.pool.assertHealthy({ pools: both }).catch((reason: unknown) => reason);
    expect(PoolUnhealthyError.isInstance(ofBoth) && ofBoth.pool).toBe(pool);
    await zfs.pool.assertHealthy({ pools: pool, allowDeviceErrors: true });
    await zfs.pool.run(createCommand('zpool', ['clear', pool]));
    expect((await zfs.pool.assertHealthy({ pools: both })).map(({ name }) => name).sort()).toEqual(both);
    const withGone: unknown = await zfs.pool
      .assertHealthy({ pools: [pool, 'gone'] })
      .catch((reason: unknown) => reason);
    expect(PoolNotFoundError.isInstance(withGone) && withGone.pool).toBe('gone');
    expect(await zfs.pool.damagedFiles({ pool })).toEqual([]);
  });

  it('samples what is read and written', async () => {
    const samples = [];
    for await (const sample of zfs.pool.iostat({ pool, count: 2, vdevs: true })) samples.push(sample);
    expect(samples).toHaveLength(2);
    for (const { allocatedBytes, name, vdevs } of samples) {
      expect(name).toBe(pool);
      expect(allocatedBytes).toBeGreaterThan(8 * 1024 ** 2);
      expect(vdevs.map((vdev) => vdev.name)).toEqual(['mirror-0', `${files}/f0`, `${files}/f1`]);
    }
  });

  it('tells what was done, by whom', async () => {
    const entries = await zfs.pool.history({ pool });
    expect(entries[0]).toMatchObject({ text: expect.stringMatching(/^zpool create /) as string, user: 'root' });
    expect(entries.map(({ text }) => text)).toContain(`zpool scrub -- ${pool}`);
    const internal = await zfs.pool.history({ pool, internal: true });
    expect(internal.some(({ transactionGroup }) => transactionGroup !== undefined)).toBe(true);
    const streamed = [];
    for await (const entry of zfs.pool.historyStream({ pool })) streamed.push(entry);
    expect(streamed).toEqual(entries);
  });

  it('lists events, and takes no text in one for another', async () => {
    const forged = [
      ...['x"', '        time = 0x6b07e74b 0x248923d4 ', '        eid = 0x7', ''],
      'Nov 26 2026 08:01:15.612967380\tereport.fs.zfs.checksum',
      '        class = "ereport.fs.zfs.checksum"',
    ].join('\n');
    await zfs.set({ datasets: pool, properties: { 'quiesce:forged': forged } });
    const events = [];
    for await (const event of zfs.pool.events({ pool })) events.push(event);
    expect(new Set(events.map((event) => event.pool))).toEqual(new Set([pool]));
    expect(events.at(-1)).toMatchObject({ class: 'sysevent.fs.zfs.history_event' });
    expect(events.at(-1)?.payload['history_internal_str']).toMatch(/^quiesce:forged=x/);
    expect(events.every(({ id }) => (id ?? 0) > 7)).toBe(true);
    const others = [];
    for await (const event of zfs.pool.events({ pool: 'no-such-pool' })) others.push(event);
    expect(others).toEqual([]);
  });

  it('sets and reads properties', async () => {
    await zfs.pool.set({ pool, property: 'comment', value: `it's "$HOME" -x` });
    await zfs.pool.set({ pool, property: 'autotrim', value: 'on' });
    const properties = ['comment', 'autotrim', 'failmode', 'health', 'checkpoint', 'feature@encryption'];
    const found = (await zfs.pool.get({ pools: pool, properties }))[pool] ?? {};
    expect(Object.values(found).map(({ property, source, value }) => [property, value, source])).toEqual([
      ['comment', `it's "$HOME" -x`, 'local'],
      ['autotrim', 'on', 'local'],
      ['failmode', 'wait', 'default'],
      ['health', 'ONLINE', 'none'],
      ['checkpoint', undefined, 'none'],
      ['feature@encryption', 'enabled', 'local'],
    ]);
    expect((await zfs.pool.get())[pool]).toMatchObject(found);
    await zfs.pool.set({ pool, property: 'comment', value: '' });
    const cleared = await zfs.pool.get({ pools: pool, properties: 'comment' });
    expect(cleared[pool]?.['comment']?.value).toBe('');
    const wrong = zfs.pool.set({ pool, property: 'size', value: '1' });
    await expect(wrong).rejects.toSatisfy((error) => InvalidPropertyError.isInstance(error));
    const nowhere = zfs.pool.set({ pool: 'no-such-pool', property: 'comment', value: 'x' });
    await expect(nowhere).rejects.toMatchObject({ name: PoolNotFoundError.errorName, pool: 'no-such-pool' });
  });

  it('tells the releases', async () => {
    const { module, programs } = await zfs.version();
    expect([module, programs]).toEqual([expect.stringMatching(/^2\.\d/), expect.stringMatching(/^2\.\d/)]);
  });

  it('says that there is no scrub to stop', async () => {
    const error: unknown = await zfs.pool.scrub({ pools: pool, action: 'stop' }).catch((reason: unknown) => reason);
    expect(NoScrubError.isInstance(error) && error.pool).toBe(pool);
  });

  it('trims, initializes and waits', async () => {
    await zfs.pool.trim({ pool, devices: `${files}/f0`, wait: true });
    await zfs.pool.initialize({ pool, devices: `${files}/f1` });
    await zfs.pool.initialize({ pool, action: 'cancel', devices: `${files}/f1` });
    await zfs.pool.wait({ pool, activities: ['trim', 'initialize'], timeoutMs: 30_000 });
  });
});

describe('a pool whose only device goes away', () => {
  const gone = 'quiesce-gone';
  const folder = '/var/tmp/quiesce-gone';
  const zfs = (): Zfs => createZfs({ transport: labTransport() });
  // What is there under a device-mapper device is replaced while it is in use.
  const load = (table: string): string =>
    `dmsetup reload ${gone} ${folder}/${table}; dmsetup suspend --noflush ${gone}; dmsetup resume ${gone}`;

  beforeAll(() =>
    shell(`
      mkdir ${folder}
      truncate -s 200M ${folder}/disk
      loop=$(losetup --find --show ${folder}/disk)
      echo "0 $(blockdev --getsz $loop) linear $loop 0" >${folder}/there
      sed 's/linear.*/error/' ${folder}/there >${folder}/away
      dmsetup create ${gone} <${folder}/there
      udevadm settle
      zpool create -o failmode=wait ${gone} /dev/mapper/${gone}
      zpool sync ${gone}
      ${load('away')}
      (head -c 1M /dev/urandom >/${gone}/image; exec sync -f /${gone}) >/dev/null 2>&1 &
      for attempt in $(seq 120); do
        if zpool status ${gone} | grep -q 'IO failures'; then exit 0; fi
        sleep 0.5
      done
      exit 1`),
  );

  afterAll(() =>
    shell(`
      ${load('there')}
      zpool clear ${gone} || true
      # What was held up is written first, and the pool is busy meanwhile.
      for attempt in $(seq 60); do
        if zpool destroy -f ${gone}; then break; fi
        sleep 0.5
      done
      dmsetup remove --retry ${gone}
      for loop in $(losetup --noheadings --output NAME --associated ${folder}/disk); do losetup -d $loop; done
      rm -rf --one-file-system ${folder}
      if [ -d /${gone} ]; then rmdir /${gone}; fi`),
  );

  it('is told of as suspended, by who looks and by who wants to change it', async () => {
    const limit = { timeoutMs: 60_000 };
    const [status] = await zfs().pool.status({ ...limit, pools: gone });
    expect(status?.state).toBe('SUSPENDED');
    const attempts = [
      () => zfs().pool.assertHealthy({ ...limit, pools: gone }),
      () => zfs().snapshot({ ...limit, snapshots: `${gone}@1` }),
      () => zfs().create({ ...limit, name: `${gone}/new` }),
      () => zfs().list({ ...limit, datasets: gone }),
    ];
    for (const attempt of attempts) {
      const error: unknown = await attempt().catch((reason: unknown) => reason);
      expect(PoolSuspendedError.isInstance(error) || error).toBe(true);
    }
  });

  it('goes on when the device is back and it is cleared', async () => {
    await shell(load('there'));
    await zfs().pool.clear({ pool: gone, timeoutMs: 60_000 });
    const [status] = await zfs().pool.status({ pools: gone, timeoutMs: 60_000 });
    expect(status?.state).toBe('ONLINE');
  });
});
