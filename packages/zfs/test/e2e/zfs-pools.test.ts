import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CheckpointExistsError,
  createZfs,
  DeviceInUseError,
  NotEnoughReplicasError,
  PoolBusyError,
  PoolExistsError,
  PoolNotFoundError,
  ZfsError,
  type Vdev,
  type Zfs,
} from '../../src/index.js';

const pool = 'pools-e2e';
const renamed = 'pools-e2e-new';
const files = '/var/tmp/pools-e2e';
const file = (number: number): string => `${files}/f${String(number)}`;

async function shell(script: string): Promise<string> {
  const command = createCommand('sh', ['-euc', script, 'sh', pool, renamed, files], { effect: 'write' });
  return (await run(labTransport(), command)).stdout;
}

const wipe = `
  for name in "$1" "$2"; do
    if zpool list "$name" >/dev/null 2>&1; then zpool destroy -f "$name"; fi
    if [ -d "/$name" ]; then rmdir "/$name"; fi
  done
  rm -rf --one-file-system "$3"`;

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

// In the order that they were made in, with what each is made of.
const told = (vdevs: readonly Vdev[]): unknown[] =>
  vdevs.map(({ children, class: use, name, state }) => ({
    ...{ use, name: children.length > 0 ? children.map((child) => child.name) : name },
    state: state ?? children.map((child) => child.state),
  }));

describe('what changes pools', () => {
  let zfs: Zfs;
  const vdevs = async (): Promise<unknown[]> => {
    const [status] = await zfs.pool.status({ pools: pool });
    return told(status?.vdevs ?? []);
  };

  beforeAll(async () => {
    zfs = createZfs({ transport: labTransport() });
    await shell(`${wipe}
      mkdir "$3"
      for number in 0 1 2 3 4 5; do truncate -s 512M "$3/f$number"; done`);
    await zfs.pool.create({
      name: pool,
      vdevs: [{ type: 'mirror', devices: [file(0), file(1)] }],
      properties: { comment: 'of a test' },
      filesystemProperties: { compression: 'off' },
    });
    await shell('head -c 4M /dev/urandom >"/$1/image"');
  });

  afterAll(() => shell(wipe));

  it('makes no pool of a name or a device that is taken', async () => {
    const disk = [{ type: 'disk', device: file(2) }] as const;
    expect(
      PoolExistsError.isInstance(await failure(zfs.pool.create({ name: pool, vdevs: disk, mountpoint: 'none' }))),
    ).toBe(true);
    const taken = [{ type: 'disk', device: file(0) }] as const;
    const error = await failure(zfs.pool.create({ name: renamed, vdevs: taken }));
    expect(DeviceInUseError.isInstance(error) && error).toMatchObject({ device: file(0), pool });
  });

  it('takes half of a mirror out of use, but not both, and back', async () => {
    await zfs.pool.offline({ pool, devices: file(1), temporary: true });
    const error = await failure(zfs.pool.offline({ pool, devices: file(0) }));
    expect(NotEnoughReplicasError.isInstance(error) && error).toMatchObject({ device: file(0) });
    expect(await zfs.pool.list({ pools: pool })).toMatchObject([{ state: 'DEGRADED' }]);
    expect(await zfs.pool.online({ pool, devices: file(1) })).toEqual([]);
    await zfs.pool.wait({ pool, activities: 'resilver', timeoutMs: 30_000 });
    expect(await zfs.pool.list({ pools: pool })).toMatchObject([{ state: 'ONLINE' }]);
  });

  it('brings a faulted device back by clearing it', async () => {
    await zfs.pool.offline({ pool, devices: file(1), fault: true });
    expect(await zfs.pool.online({ pool, devices: file(1) })).toEqual([file(1)]);
    await zfs.pool.clear({ pool, device: file(1) });
    await zfs.pool.wait({ pool, activities: 'resilver', timeoutMs: 30_000 });
    expect(await zfs.pool.list({ pools: pool })).toMatchObject([{ state: 'ONLINE' }]);
  });

  it('replaces a device, and adds a log and a spare', async () => {
    await zfs.pool.replace({ pool, device: file(1), newDevice: file(2), wait: true });
    await zfs.pool.add({ pool, log: [{ type: 'disk', device: file(3) }], spare: file(4) });
    expect(await vdevs()).toEqual([
      { use: 'normal', name: [file(0), file(2)], state: 'ONLINE' },
      { use: 'log', name: file(3), state: 'ONLINE' },
      { use: 'spare', name: file(4), state: 'AVAIL' },
    ]);
    await zfs.pool.remove({ pool, devices: [file(3), file(4)] });
    expect(await vdevs()).toEqual([{ use: 'normal', name: [file(0), file(2)], state: 'ONLINE' }]);
  });

  it('goes back to a checkpoint', async () => {
    await zfs.pool.checkpoint({ pool });
    expect(CheckpointExistsError.isInstance(await failure(zfs.pool.checkpoint({ pool })))).toBe(true);
    await zfs.create({ name: `${pool}/later` });
    await zfs.pool.export({ pools: pool });
    await zfs.pool.import({ pool, directories: files, rewindToCheckpoint: true });
    expect((await zfs.list({ datasets: pool, recursive: true })).map(({ name }) => name)).toEqual([pool]);
  });

  it('exports, finds and imports under a new name', async () => {
    const [{ guid } = { guid: '' }] = await zfs.pool.list({ pools: pool });
    const before = await shell('sha256sum <"/$1/image"');
    await zfs.pool.sync({ pools: pool });
    await zfs.pool.export({ pools: pool });
    expect(PoolNotFoundError.isInstance(await failure(zfs.pool.export({ pools: pool })))).toBe(true);
    expect(await zfs.pool.importable({ directories: files })).toMatchObject([
      { name: pool, guid, state: 'ONLINE', destroyed: false, comment: 'of a test' },
    ]);
    await zfs.pool.import({ pool: guid, newName: renamed, directories: files });
    expect(await shell('sha256sum <"/$2/image"')).toBe(before);
    expect(await zfs.pool.list({ pools: renamed })).toMatchObject([{ name: renamed, guid }]);
    expect(await zfs.pool.importable({ directories: files })).toEqual([]);
  });

  it('splits a mirror', async () => {
    await zfs.pool.split({ pool: renamed, newName: pool });
    expect(await zfs.pool.importable({ directories: files })).toMatchObject([{ name: pool, state: 'ONLINE' }]);
    await zfs.pool.import({ pool, directories: files, mount: false });
  });

  it('removes a vdev when its data is on another', async () => {
    await zfs.pool.add({ pool: renamed, vdevs: [{ type: 'disk', device: file(3) }] });
    const [memory] = await zfs.pool.removalMemory({ pool: renamed, devices: file(3) });
    expect(memory).toMatchObject({ device: file(3), memoryBytes: expect.any(Number) as number });
    await zfs.pool.remove({ pool: renamed, devices: file(3), wait: true });
    const [status] = await zfs.pool.status({ pools: renamed });
    expect(told(status?.vdevs ?? [])).toContainEqual({ use: 'normal', name: file(0), state: 'ONLINE' });
    expect(status?.vdevs.some(({ name }) => name === file(3))).toBe(false);
  });

  it('destroys a pool that is not in use', async () => {
    await shell(`
      (cd "/$2" && exec sleep 600 >/dev/null 2>&1) &
      echo $! >"$3/sleep.pid"
      until readlink "/proc/$!/cwd" | grep -qx "/$2"; do sleep 0.1; done`);
    const error = await failure(zfs.pool.destroy({ pool: renamed }));
    await shell('kill "$(cat "$3/sleep.pid")"');
    expect(PoolBusyError.isInstance(error) && error).toMatchObject({ mountpoint: `/${renamed}` });
    await zfs.pool.destroy({ pool: renamed, force: true });
    await zfs.pool.destroy({ pool });
    expect(await zfs.pool.importable({ directories: files })).toEqual([]);
    const destroyed = await zfs.pool.importable({ directories: files, destroyed: true });
    expect(destroyed.map(({ name }) => name).sort()).toEqual([pool, renamed]);
  });

  it('makes a draid, whose spare takes the place of a device', async () => {
    const devices = [0, 1, 2, 3, 4].map(file);
    const draid = { type: 'draid', parity: 1, dataDevices: 3, spares: 1, devices } as const;
    await zfs.pool.create({ name: pool, vdevs: [draid], force: true });
    await zfs.pool.offline({ pool, devices: file(1) });
    await zfs.pool.replace({ pool, device: file(1), newDevice: 'draid1-0-0', wait: true });
    const [status] = await zfs.pool.status({ pools: pool });
    const [data, spare] = status?.vdevs ?? [];
    expect(data?.name).toBe('draid1:3d:5c:1s-0');
    const replaced = data?.children.find(({ children }) => children.length > 0);
    expect(replaced?.children.map(({ name, state }) => [name, state])).toEqual([
      [file(1), 'OFFLINE'],
      ['draid1-0-0', 'ONLINE'],
    ]);
    expect(spare).toMatchObject({ name: 'draid1-0-0', class: 'spare', state: 'INUSE' });
    await zfs.pool.destroy({ pool });
  });

  it('makes a raidz wider, where the release can', async () => {
    const devices = [0, 1, 2].map(file);
    await zfs.pool.create({ name: pool, vdevs: [{ type: 'raidz1', devices }], force: true, temporaryName: renamed });
    const { module } = await zfs.version();
    const widening = zfs.pool.attach({
      pool: renamed,
      device: 'raidz1-0',
      newDevice: file(3),
      force: true,
      wait: true,
    });
    if (Number.parseFloat(module) < 2.3) {
      expect(ZfsError.isInstance(await failure(widening))).toBe(true);
    } else {
      await widening;
      const [status] = await zfs.pool.status({ pools: renamed });
      expect(status?.vdevs[0]?.children.map(({ name }) => name)).toEqual([0, 1, 2, 3].map(file));
    }
    await zfs.pool.destroy({ pool: renamed });
  });
});
