import { dryRun, toShell } from '@quiesce/command';
import { scriptedTransport, type Script } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { recorded, type Recorded } from '../test/recorded.js';
import { createZfs } from './create-zfs.js';
import { DatasetHasDependentsError, DatasetNotFoundError, PoolNotFoundError } from './errors.js';

const bookworm = (name: string): Recorded => recorded('debian-12-zfs-2.1.11', name);
const trixie = (name: string): Recorded => recorded('debian-13-zfs-2.3.9', name);

describe('createZfs', () => {
  it('reads what its commands print', async () => {
    const zfs = createZfs({ transport: scriptedTransport(() => trixie('get')) });
    expect(await zfs.get({ datasets: ['quiesce-zfs/a'] })).toContainEqual({
      name: 'quiesce-zfs/a@1',
      property: 'quiesce:run',
      value: 'snap',
      source: 'local',
      inheritedFrom: undefined,
    });
  });

  it('runs each of the two programs from its own path', async () => {
    const transport = scriptedTransport(() => ({}));
    const zfs = createZfs({ transport, path: '/opt/zfs', zpoolPath: '/opt/zpool' });
    await zfs.list();
    await zfs.pool.list();
    const byName = createZfs({ transport, path: '/opt/zfs' });
    await byName.pool.list();
    expect(transport.commands.map(({ file }) => file)).toEqual(['/opt/zfs', '/opt/zpool', 'zpool']);
  });

  it('throws typed errors', async () => {
    const zfs = createZfs({ transport: scriptedTransport(() => trixie('not found list')) });
    await expect(zfs.list({ datasets: ['quiesce-zfs/no'] })).rejects.toSatisfy((error) =>
      DatasetNotFoundError.isInstance(error),
    );
    const pools = createZfs({ transport: scriptedTransport(() => trixie('no pool list')) });
    await expect(pools.pool.list({ pools: ['nopool'] })).rejects.toSatisfy((error) =>
      PoolNotFoundError.isInstance(error),
    );
  });

  it('asks first what would go, also where the transport only records writes', async () => {
    const script: Script = ({ args }) =>
      args.includes('-nvp') ? trixie('destroy dry run snapshots') : trixie('clones destroy');
    const transport = dryRun(scriptedTransport(script));
    const zfs = createZfs({ transport });
    const snapshots = { dataset: 'quiesce-zfs/a', snapshots: ['1', { first: '2', last: '3' }] };
    expect(await zfs.destroy({ ...snapshots, dryRun: true })).toMatchObject({
      names: ['quiesce-zfs/a@1', 'quiesce-zfs/a@2', 'quiesce-zfs/a@3'],
    });
    expect(await zfs.destroy(snapshots)).toEqual({ names: [], reclaimedBytes: undefined });
    expect(transport.commands.map(toShell)).toEqual(['zfs destroy -vp -- quiesce-zfs/a@1,2%3']);
  });

  it('names the clones that stand in the way', async () => {
    const zfs = createZfs({ transport: scriptedTransport(() => trixie('clones destroy')) });
    const error: unknown = await zfs.destroy({ name: 'quiesce-zfs/a@1' }).catch((reason: unknown) => reason);
    expect(DatasetHasDependentsError.isInstance(error) && error.dependents).toContain('quiesce-zfs/clone');
  });
});

describe('zfs.pool.status', () => {
  it('asks once where zpool knows JSON', async () => {
    const transport = scriptedTransport(() => trixie('zpool status online'));
    const [status] = await createZfs({ transport }).pool.status({ pools: ['quiesce-zfs'] });
    expect(status).toMatchObject({ detail: 'full', name: 'quiesce-zfs', state: 'ONLINE' });
    expect(transport.commands).toHaveLength(1);
  });

  it('asks for the states where it does not', async () => {
    const transport = scriptedTransport(({ args }) =>
      args[0] === 'status' ? bookworm('zpool status degraded') : bookworm('zpool health degraded'),
    );
    const [status] = await createZfs({ transport }).pool.status({ pools: ['quiesce-zfs'] });
    expect(status).toMatchObject({ detail: 'states', name: 'quiesce-zfs', state: 'DEGRADED' });
    expect(transport.commands.map(({ args }) => args[0])).toEqual(['status', 'list']);
  });

  it('asks no second time after another failure', async () => {
    const transport = scriptedTransport(() => trixie('no pool status'));
    await expect(createZfs({ transport }).pool.status({ pools: ['nopool'] })).rejects.toMatchObject({ pool: 'nopool' });
    expect(transport.commands).toHaveLength(1);
  });
});
