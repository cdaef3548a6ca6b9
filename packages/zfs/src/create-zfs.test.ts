import { dryRun, OutputParseError, toShell } from '@quiesce/command';
import { scriptedTransport, type Script } from '@quiesce/command/testing';
import { recorded, type Recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from './create-zfs.js';
import { DatasetHasDependentsError, DatasetNotFoundError, PoolNotFoundError } from './errors/index.js';

const bookworm = (name: string): Recorded => recorded(releaseOn('zfs', 'bookworm'), name);
const trixie = (name: string): Recorded => recorded(releaseOn('zfs', 'trixie'), name);

describe('createZfs', () => {
  it('reads what its commands print', async () => {
    const zfs = createZfs({ transport: scriptedTransport(() => trixie('get user quota')) });
    const found = await zfs.get({ datasets: 'quiesce-zfs/a', properties: ['userquota@root', 'written@1'] });
    expect(Object.keys(found)).toEqual(['quiesce-zfs/a']);
    expect(Object.keys(found['quiesce-zfs/a'] ?? {})).toEqual(['userquota@root', 'written@1']);
  });

  it('fails with the stack of the call', async () => {
    const zfs = createZfs({
      transport: scriptedTransport(() => ({ exitCode: 1, stderr: "cannot open 'x': dataset does not exist\n" })),
    });
    const outcomes = [zfs.get({ datasets: 'tank/x', recursive: true }), zfs.list(), zfs.pool.status()];
    for (const outcome of await Promise.allSettled(outcomes)) {
      expect(outcome).toMatchObject({ reason: { stack: expect.stringContaining('create-zfs.test.ts') as string } });
    }
  });

  it('runs each of the two programs from its own path', async () => {
    const transport = scriptedTransport(() => ({}));
    const zfs = createZfs({ transport, path: '/opt/zfs', zpoolPath: '/opt/zpool' });
    await zfs.list({ types: ['snapshot'] });
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

describe('what zfs finds by itself', () => {
  const get = {
    datasets: ['quiesce-zfs/vm'],
    properties: ['quiesce:run'],
    recursive: true,
    types: ['snapshot'] as const,
  };
  const isNames: (args: readonly string[]) => boolean = (args) =>
    args.includes('name,property') || args.includes('name');

  it('is asked for by name before it is read', async () => {
    const transport = scriptedTransport(({ args }) =>
      trixie(isNames(args) ? 'recursive get snapshots names' : 'recursive get snapshots'),
    );
    expect(Object.keys(await createZfs({ transport }).get(get))).toHaveLength(4);
    expect(transport.commands.map(({ args }) => isNames(args))).toEqual([true, false]);
  });

  it('is asked for again when it changed in between', async () => {
    let calls = 0;
    const transport = scriptedTransport(({ args }) => {
      calls += 1;
      if (calls === 1) return { stdout: 'quiesce-zfs/vm@a\tquiesce:run\n' };
      return trixie(isNames(args) ? 'recursive get snapshots names' : 'recursive get snapshots');
    });
    expect(Object.keys(await createZfs({ transport }).get(get))).toHaveLength(4);
    expect(transport.commands).toHaveLength(4);
  });

  it('is not believed when a value or a mount point forges it', async () => {
    const transport = scriptedTransport(({ args }) => {
      const output = args[0] === 'list' ? 'forged list' : 'forged get snapshots';
      return trixie(isNames(args) ? `${output} names` : output);
    });
    const zfs = createZfs({ transport });
    await expect(zfs.get(get)).rejects.toThrow(OutputParseError);
    await expect(zfs.list({ datasets: ['quiesce-zfs/vm'], recursive: true })).rejects.toThrow(OutputParseError);
  });

  it('is not asked for where the options name it all', async () => {
    const transport = scriptedTransport(() => trixie('get forged'));
    const named = { datasets: ['quiesce-zfs/a'], properties: ['quiesce:run', 'quiesce:looks'] };
    await expect(createZfs({ transport }).get(named)).rejects.toThrow(OutputParseError);
    expect(transport.commands).toHaveLength(1);
  });
});

describe('zfs.pool.status', () => {
  it('asks once where zpool knows JSON', async () => {
    const transport = scriptedTransport(() => trixie('zpool status online'));
    const [status] = await createZfs({ transport }).pool.status({ pools: ['quiesce-zfs'] });
    expect(status).toMatchObject({ name: 'quiesce-zfs', state: 'ONLINE' });
    expect(transport.commands).toHaveLength(1);
  });

  const asOnBookworm =
    (state: string, said = ''): Script =>
    ({ args }) => {
      if (args[0] === 'list') return bookworm(`zpool guids ${state}`);
      const recording = bookworm(args.includes('-j') ? `zpool status ${state}` : `zpool status text ${state}`);
      return { ...recording, stderr: said + recording.stderr };
    };

  it('reads what people do where it does not', async () => {
    const transport = scriptedTransport(asOnBookworm('degraded'));
    const [status] = await createZfs({ transport }).pool.status({ pools: ['quiesce-zfs'] });
    expect(status).toMatchObject({ name: 'quiesce-zfs', state: 'DEGRADED', dataErrors: 0 });
    expect(transport.commands.map(({ args }) => args[0])).toEqual(['status', 'list', 'status']);
  });

  it('does so also when sudo said something first', async () => {
    const said = 'sudo: unable to resolve host nas: Name or service not known\n';
    const transport = scriptedTransport(asOnBookworm('online', said));
    expect(await createZfs({ transport }).pool.status()).toMatchObject([{ state: 'ONLINE' }]);
  });

  it('asks no second time after another failure', async () => {
    const transport = scriptedTransport(() => trixie('no pool status'));
    await expect(createZfs({ transport }).pool.status({ pools: ['nopool'] })).rejects.toMatchObject({ pool: 'nopool' });
    expect(transport.commands).toHaveLength(1);
  });
});
