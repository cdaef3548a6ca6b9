import { createCommand, dryRun, InvalidArgumentError, run, toShell } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createZfs,
  DatasetBusyError,
  DatasetExistsError,
  DatasetHasDependentsError,
  DatasetNotFoundError,
  HoldExistsError,
  HoldNotFoundError,
  InvalidPropertyError,
  DatasetOutOfSpaceError,
  PermissionDeniedError,
  PoolNotFoundError,
  type PropertiesByDataset,
  type Property,
  type Zfs,
} from '../../src/index.js';

const pool = 'quiesce-zfs';
const disks = ['/dev/disk/by-id/virtio-spare2', '/dev/disk/by-id/virtio-spare3'];

async function shell(script: string): Promise<string> {
  const command = createCommand('sh', ['-euc', script, 'sh', pool, ...disks], { effect: 'write' });
  return (await run(labTransport(), command)).stdout;
}

const wipe = `
  if zpool list "$1" >/dev/null 2>&1; then zpool destroy -f "$1"; fi
  if mountpoint -q "/$1"; then umount "/$1"; fi
  rm -rf --one-file-system "/$1"
  for disk in "$2" "$3"; do
    if [ -e "$disk-part1" ]; then wipefs -af "$disk-part1"; fi
    wipefs -af "$disk"
    udevadm settle
    blockdev --rereadpt "$disk"
  done
  udevadm settle`;

const rowsOf = (found: PropertiesByDataset): Property[] => Object.values(found).flatMap((all) => Object.values(all));

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe('zfs and zpool', () => {
  let zfs: Zfs;

  beforeAll(async () => {
    zfs = createZfs({ transport: labTransport() });
    await shell(`${wipe}
      # On a busy machine the new partitions can come too late for zpool.
      for attempt in 1 2 3; do
        if zpool create -f "$1" mirror "$2" "$3"; then exit 0; fi
        udevadm settle
      done
      exit 1`);
  });

  afterAll(() => shell(wipe));

  it('makes file systems and volumes', async () => {
    const properties = { compression: 'lz4', 'quiesce:run': `it's "$HOME" 🐑` };
    await zfs.create({ name: `${pool}/data/my files`, parents: true, properties });
    await zfs.create({
      name: `${pool}/volume`,
      volume: { sizeBytes: 64 * 1024 ** 2, sparse: true, blockSizeBytes: 16384 },
    });
    await zfs.create({ name: `${pool}/unmounted`, mount: false });
    const datasets = await zfs.list({ datasets: [pool], recursive: true });
    expect(datasets.map(({ name, type, mounted, mountpoint }) => [name, type, mounted, mountpoint])).toEqual([
      [pool, 'filesystem', true, `/${pool}`],
      [`${pool}/data`, 'filesystem', true, `/${pool}/data`],
      [`${pool}/data/my files`, 'filesystem', true, `/${pool}/data/my files`],
      [`${pool}/unmounted`, 'filesystem', false, `/${pool}/unmounted`],
      [`${pool}/volume`, 'volume', undefined, undefined],
    ]);
    const dataset = datasets.find(({ name }) => name === `${pool}/volume`);
    expect(dataset?.availableBytes).toBeGreaterThan(1024 ** 3);
    expect(dataset?.createdAt.getTime()).toBeGreaterThan(Date.parse('2024-01-01'));
  });

  it('sets properties and reads them back, whatever is in them', async () => {
    const values = {
      'quiesce:text': `a\tb\t\n\n'c' "d" $(e) =f-\n`,
      'quiesce:empty': '',
      'quiesce:dash': '-',
      'quiesce:forged': `x\n${pool}\tquiesce:run\tlocal\tforged`,
    };
    const datasets = [`${pool}/data/my files`, `${pool}/unmounted`];
    await zfs.set({ datasets, properties: values });
    const texts = ['quiesce:text', 'quiesce:empty', 'quiesce:dash', 'quiesce:none', 'quiesce:run', 'compression'];
    const found = await zfs.get({ datasets, properties: texts });
    expect(rowsOf(found).map(({ name, property, value, source }) => [name, property, value, source])).toEqual([
      [datasets[0], 'quiesce:text', values['quiesce:text'], 'local'],
      [datasets[0], 'quiesce:empty', '', 'local'],
      [datasets[0], 'quiesce:dash', '-', 'local'],
      [datasets[0], 'quiesce:none', undefined, 'none'],
      [datasets[0], 'quiesce:run', `it's "$HOME" 🐑`, 'local'],
      [datasets[0], 'compression', 'lz4', 'local'],
      [datasets[1], 'quiesce:text', values['quiesce:text'], 'local'],
      [datasets[1], 'quiesce:empty', '', 'local'],
      [datasets[1], 'quiesce:dash', '-', 'local'],
      [datasets[1], 'quiesce:none', undefined, 'none'],
      [datasets[1], 'quiesce:run', undefined, 'none'],
      [datasets[1], 'compression', expect.any(String), 'default'],
    ]);
    const forged = zfs.get({ datasets: [`${pool}/unmounted`], properties: ['quiesce:forged'] });
    await expect(forged).rejects.toThrow(/a row too many/);
  });

  it('believes no row that a value or a mount point forges, however it is asked', async () => {
    const name = `${pool}/unmounted`;
    // A row that there would be, had the dataset a child and the child that property.
    const row = `${pool}/unmounted/child\tquiesce:run\tlocal\tforged`;
    await zfs.set({ datasets: [name], properties: { 'quiesce:forged': `x\n${row}` } });
    const properties = ['quiesce:forged'];
    await expect(zfs.get({ datasets: [name], properties, recursive: true })).rejects.toThrow(/a row too many/);
    await expect(zfs.get({ datasets: [name] })).rejects.toThrow(/a row too many/);
    await expect(zfs.get()).rejects.toThrow(/a row too many/);
    await zfs.set({ datasets: [name], properties: { 'quiesce:forged': 'x\ny' } });
    const all = await zfs.get({ datasets: [name], depth: 2 });
    expect(all[name]?.['quiesce:forged']?.value).toBe('x\ny');
    const mountpoint = `/${name}\n${name}@old\tsnapshot\t1\t-\t1\t-\t1700000000\t-`;
    await zfs.set({ datasets: [name], properties: { mountpoint } });
    await expect(zfs.list({ datasets: [pool], recursive: true })).rejects.toThrow(/a row too many/);
    await expect(zfs.list({ datasets: [name] })).rejects.toThrow(/a row too many/);
    await shell('zfs inherit mountpoint "$1/unmounted"; zfs unmount "$1/unmounted" 2>/dev/null || true');
    expect((await zfs.list({ datasets: [pool], recursive: true })).map((dataset) => dataset.name)).toContain(name);
  });

  it('makes snapshots of several datasets at one instant, with properties', async () => {
    const snapshots = [`${pool}/data@1`, `${pool}/data/my files@1`];
    await zfs.snapshot({ snapshots, properties: { 'quiesce:run': 'first' } });
    await shell('dd if=/dev/urandom of="/$1/data/my files/image" bs=1M count=3');
    await zfs.snapshot({ snapshots: [`${pool}/data@2`], recursive: true });
    await shell('rm "/$1/data/my files/image"');
    await zfs.snapshot({ snapshots: [`${pool}/data@3`], recursive: true });
    const runs = await zfs.get({
      datasets: `${pool}/data`,
      recursive: true,
      types: 'snapshot',
      properties: ['quiesce:run', 'createtxg'],
    });
    expect(snapshots.map((name) => runs[name]?.['quiesce:run']?.value)).toEqual(['first', 'first']);
    expect(new Set(snapshots.map((name) => runs[name]?.createtxg?.value)).size).toBe(1);
  });

  it('streams what it lists and reads', async () => {
    const below = { datasets: pool, recursive: true, types: ['filesystem', 'snapshot'] } as const;
    // What the pool itself uses changes with each of its transactions.
    const fields = ['referencedBytes', 'guid', 'createdAt', 'createtxg', 'holds', 'origin', 'writtenBytes'] as const;
    const streamed: unknown[] = [];
    for await (const dataset of zfs.listStream({ ...below, fields, sortBy: 'createtxg' })) streamed.push(dataset);
    expect(streamed.length).toBeGreaterThan(3);
    expect(streamed).toEqual(await zfs.list({ ...below, fields, sortBy: 'createtxg' }));
    const properties: unknown[] = [];
    const asked = { ...below, properties: ['referenced', 'creation'] };
    for await (const property of zfs.getStream(asked)) properties.push(property);
    const read = await zfs.get(asked);
    expect(properties).toEqual(Object.values(read).flatMap((all) => Object.values(all)));
  });

  it('tells what a destruction would take, and takes just that', async () => {
    const snapshots = { dataset: `${pool}/data/my files`, snapshots: [{ first: '2', last: '3' }] };
    const names = [`${pool}/data/my files@2`, `${pool}/data/my files@3`];
    const planned = await zfs.destroy({ ...snapshots, dryRun: true });
    expect([...planned.names].sort()).toEqual(names);
    expect(planned.reclaimedBytes).toBeGreaterThan(3 * 1024 ** 2);
    const transport = dryRun(labTransport());
    await createZfs({ transport }).destroy(snapshots);
    expect(transport.commands.map(toShell)).toEqual([`zfs destroy -vp -- '${pool}/data/my files@2%3'`]);
    expect([...(await zfs.destroy(snapshots)).names].sort()).toEqual(names);
    const all = await zfs.destroy({ dataset: `${pool}/data/my files`, snapshots: 'all', dryRun: true });
    expect(all.names).toEqual([`${pool}/data/my files@1`]);
    const left = await zfs.list({ datasets: [`${pool}/data/my files`], types: ['snapshot'], depth: 1 });
    expect(left.map(({ name }) => name)).toEqual([`${pool}/data/my files@1`]);
  });

  it('refuses to destroy what has children or clones, and names them', async () => {
    const children = await failure(zfs.destroy({ name: `${pool}/data` }));
    expect(DatasetHasDependentsError.isInstance(children) && children).toMatchObject({
      kind: 'children',
      dependents: expect.arrayContaining([`${pool}/data@1`, `${pool}/data/my files`]) as string[],
    });
    await shell('zfs clone "$1/data@1" "$1/clone"');
    const clones = await failure(zfs.destroy({ name: `${pool}/data@1` }));
    expect(DatasetHasDependentsError.isInstance(clones) && clones).toMatchObject({
      kind: 'clones',
      dependents: [`${pool}/clone`],
    });
    await zfs.destroy({ name: `${pool}/data@1`, dependents: true });
    await expect(zfs.list({ datasets: [`${pool}/clone`] })).rejects.toMatchObject({ dataset: `${pool}/clone` });
  });

  it('says that a held snapshot and an open file system are busy', async () => {
    const hold = { tag: 'keep "it"', snapshots: `${pool}/data@2` };
    const before = Date.now();
    await zfs.hold(hold);
    expect(HoldExistsError.isInstance(await failure(zfs.hold(hold)))).toBe(true);
    const [found, ...others] = await zfs.holds({ snapshots: hold.snapshots, recursive: true });
    expect([found, others]).toMatchObject([{ snapshot: hold.snapshots, tag: hold.tag }, []]);
    // OpenZFS 2.1 tells minutes; the clocks of the two machines may differ a little.
    expect(Math.abs((found?.createdAt.getTime() ?? 0) - before)).toBeLessThan(120_000);
    const held = await failure(zfs.destroy({ name: `${pool}/data@2` }));
    expect(DatasetBusyError.isInstance(held) && held.dataset).toBe(`${pool}/data@2`);
    await zfs.destroy({ name: `${pool}/data@2`, defer: true });
    expect(await zfs.list({ datasets: [`${pool}/data@2`] })).toHaveLength(1);
    const none = await failure(zfs.release({ ...hold, tag: 'none' }));
    expect(HoldNotFoundError.isInstance(none) && none.snapshot).toBe(hold.snapshots);
    await zfs.release(hold);
    await expect(zfs.list({ datasets: [`${pool}/data@2`] })).rejects.toSatisfy((error) =>
      DatasetNotFoundError.isInstance(error),
    );
    await zfs.create({ name: `${pool}/open` });
    await shell('cd "/$1/open" && { sleep 600 >/dev/null 2>&1 & echo $! > "/run/$1.pid"; }');
    try {
      const open = await failure(zfs.destroy({ name: `${pool}/open` }));
      expect(DatasetBusyError.isInstance(open) && open.dataset).toMatch(/quiesce-zfs\/open$/);
    } finally {
      await shell('kill "$(cat "/run/$1.pid")"; rm "/run/$1.pid"');
    }
  });

  it('has a typed error for each other refusal', async () => {
    const name = `${pool}/data`;
    const notThere = await failure(zfs.set({ datasets: [`${pool}/no`], properties: { 'a:b': 'c' } }));
    expect(DatasetNotFoundError.isInstance(notThere) && notThere.dataset).toBe(`${pool}/no`);
    const exists = await failure(zfs.create({ name }));
    expect(DatasetExistsError.isInstance(exists) && exists.dataset).toBe(name);
    const property = await failure(zfs.set({ datasets: [name], properties: { compression: 'none-such' } }));
    expect(InvalidPropertyError.isInstance(property) && property.property).toBe('compression');
    const volume = { sizeBytes: 1024 ** 4 };
    const space = await failure(zfs.create({ name: `${pool}/large`, volume }));
    expect(DatasetOutOfSpaceError.isInstance(space)).toBe(true);
    const ordinary = createZfs({ transport: labTransport('nosudo') });
    expect(await ordinary.list({ datasets: [name] })).toHaveLength(1);
    const denied = await failure(ordinary.snapshot({ snapshots: [`${name}@mine`] }));
    expect(PermissionDeniedError.isInstance(denied)).toBe(true);
    const noPool = await failure(zfs.pool.status({ pools: ['no-such-pool'], timeoutMs: 300_000 }));
    expect(PoolNotFoundError.isInstance(noPool) && noPool.pool).toBe('no-such-pool');
  });

  it.each(['-r', `${pool}/data;reboot`, `${pool}/data@%`, `${pool}/..`, `/${pool}`])(
    'runs nothing for the name %j',
    async (name) => {
      const transport = dryRun(labTransport());
      const error = await failure(createZfs({ transport }).destroy({ name, recursive: true }));
      expect(InvalidArgumentError.isInstance(error)).toBe(true);
      expect(transport.commands).toEqual([]);
    },
  );

  it('goes back to a snapshot, and names what is in the way', async () => {
    const vm = `${pool}/vm`;
    await zfs.create({ name: vm, properties: { compression: 'gzip' } });
    await zfs.snapshot({ snapshots: `${vm}@1` });
    await shell('echo later >"/$1/vm/later"');
    await zfs.snapshot({ snapshots: `${vm}@2` });
    expect(await failure(zfs.rollback({ snapshot: `${vm}@1` }))).toMatchObject({
      ...{ name: 'NewerSnapshotsError', snapshot: `${vm}@1`, kind: 'newer', names: [`${vm}@2`] },
    });
    await zfs.rollback({ snapshot: `${vm}@1`, destroyNewer: true });
    expect((await shell('ls "/$1/vm"')).trim()).toBe('');
    await zfs.inherit({ datasets: vm, property: 'compression' });
    expect((await zfs.get({ datasets: vm, properties: 'compression' }))[vm]?.compression?.source).not.toBe('local');
  });

  it('clones, promotes and renames', async () => {
    const [vm, copy] = [`${pool}/vm`, `${pool}/clones/vm`];
    await zfs.clone({ snapshot: `${vm}@1`, name: copy, parents: true, properties: { 'quiesce:run': 'copy' } });
    expect(await failure(zfs.promote({ dataset: vm }))).toMatchObject({ name: 'NotACloneError', dataset: vm });
    await zfs.promote({ dataset: copy });
    const origin = await zfs.get({ datasets: [vm, copy], properties: 'origin' });
    expect([origin[vm]?.origin?.value, origin[copy]?.origin?.value]).toEqual([`${copy}@1`, undefined]);
    await zfs.destroy({ name: vm });
    await zfs.rename({ name: copy, newName: `${pool}/restored/vm`, parents: true });
    await zfs.rename({ name: `${pool}/restored/vm@1`, newName: `${pool}/restored/vm@first` });
    expect(
      (await zfs.list({ datasets: `${pool}/restored`, recursive: true, types: ['snapshot'] })).map(({ name }) => name),
    ).toEqual([`${pool}/restored/vm@first`]);
  });

  it('mounts and unmounts', async () => {
    const filesystem = `${pool}/restored/vm`;
    expect(await failure(zfs.mount({ filesystem }))).toMatchObject({
      name: 'AlreadyMountedError',
      dataset: filesystem,
    });
    await zfs.unmount({ filesystem });
    expect(await failure(zfs.unmount({ filesystem }))).toMatchObject({ name: 'NotMountedError', dataset: filesystem });
    await zfs.mount({ filesystem, mountOptions: ['ro', 'noatime'] });
    expect(await failure(shell('touch "/$1/restored/vm/x" 2>&1'))).toMatchObject({ name: 'ExitError' });
    await zfs.unmount({ filesystem, force: true });
    await zfs.mount({ filesystem });
    await shell('touch "/$1/restored/vm/x"');
  });

  it('tells the health of a pool, also of one that lost a disk', async () => {
    const pools = [pool];
    expect(await zfs.pool.list({ pools })).toMatchObject([{ name: pool, state: 'ONLINE', readOnly: false }]);
    const [healthy] = await zfs.pool.status({ pools, timeoutMs: 300_000 });
    expect(healthy).toMatchObject({ name: pool, state: 'ONLINE' });
    await shell('zpool offline "$1" "${3##*/}"');
    const [degraded] = await zfs.pool.status({ pools, timeoutMs: 300_000 });
    const offline = { name: `${String(disks[1])}-part1`, class: 'normal', state: 'OFFLINE' };
    expect(degraded).toMatchObject({ state: 'DEGRADED', dataErrors: 0 });
    const errors = { readErrors: 0, writeErrors: 0, checksumErrors: 0 };
    expect(degraded?.vdevs[0]?.children[1]).toMatchObject({ ...offline, ...errors });
    expect(degraded?.message).toMatch(/taken offline/);
    // OpenZFS 2.1 can begin to resilver a moment later, and does not scrub then.
    await shell(`zpool online "$1" "\${3##*/}"
      for attempt in 1 2 3 4 5; do
        zpool wait -t resilver "$1"
        if zpool scrub -w "$1"; then exit 0; fi
      done
      exit 1`);
    const [again] = await zfs.pool.status({ pools, timeoutMs: 300_000 });
    expect(again).toMatchObject({
      state: 'ONLINE',
      scan: { function: 'SCRUB', state: 'FINISHED', progress: 1, errors: 0 },
    });
  });
});
