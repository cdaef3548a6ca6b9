import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createZfs,
  DatasetBusyError,
  DatasetExistsError,
  DatasetNotFoundError,
  NotEarlierSnapshotError,
  SnapshotHeldError,
  SnapshotNotReadableError,
  type FileChange,
  type Zfs,
} from '../../src/index.js';

const pool = 'snapshots-e2e';
const image = `/var/tmp/${pool}.image`;
const home = `${pool}/home`;

async function shell(script: string): Promise<string> {
  const command = createCommand('bash', ['-euc', script, 'bash', pool, image], { effect: 'write' });
  return (await run(labTransport(), command)).stdout;
}

const wipe = `
  if zpool list "$1" >/dev/null 2>&1; then zpool destroy -f "$1"; fi
  if [ -d "/$1" ]; then rmdir "/$1"; fi
  rm -f "$2"`;

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

const collect = async (source: AsyncIterable<FileChange>): Promise<FileChange[]> => {
  const found: FileChange[] = [];
  for await (const change of source) found.push(change);
  return found;
};

const pathsOf = (changes: readonly FileChange[], change: FileChange['change']): string[] =>
  changes
    .filter((one) => one.change === change)
    .map(({ path }) => path)
    .sort();

describe('snapshots of zfs', () => {
  let zfs: Zfs;

  beforeAll(async () => {
    zfs = createZfs({ transport: labTransport() });
    await shell(`${wipe}
      truncate -s 256M "$2"
      zpool create "$1" "$2"
      zfs create "$1/home"
      zfs create -o mountpoint=legacy "$1/legacy"
      cd "/$1/home"
      mkdir directory
      echo first >directory/file
      touch gone 'old name' linked
      zfs snapshot "$1/home@1" "$1/legacy@1"
      echo second >directory/file
      rm gone
      mv 'old name' $'new -> \\n\\tname'
      ln linked 'linked again'
      touch $'line\\nbreak' $'tab\\t' 'back\\slash' 'back\\0040slash' 'ünï 🐑' $'not\\xff\\xfeutf-8' "it's \\"\\$HOME\\""
      zfs snapshot "$1/home@2"
      touch later`);
  });

  afterAll(() => shell(wipe));

  it('tells what changed between two snapshots, whatever files are called', async () => {
    const options = { from: `${home}@1`, to: `${home}@2` };
    const changes = await zfs.diff(options);
    expect(pathsOf(changes, 'created')).toEqual(
      [...['line\nbreak', 'tab\t', 'back\\slash', 'back\\0040slash', 'ünï 🐑', 'not\ufffd\ufffdutf-8', `it's "$HOME"`]]
        .map((name) => `/${home}/${name}`)
        .sort(),
    );
    expect(pathsOf(changes, 'removed')).toEqual([`/${home}/gone`]);
    expect(pathsOf(changes, 'modified')).toEqual([`/${home}`, `/${home}/directory/file`, `/${home}/linked`]);
    expect(changes.find(({ path }) => path === `/${home}/linked`)).toMatchObject({ linkDelta: 1 });
    expect(changes.filter(({ change }) => change === 'renamed')).toMatchObject([
      { kind: 'file', path: `/${home}/old name`, newPath: `/${home}/new -> \n\tname`, newPathBytes: undefined },
    ]);
    const unreadable = changes.find(({ pathBytes }) => pathBytes !== undefined);
    expect(Buffer.from(unreadable?.pathBytes ?? [])).toEqual(Buffer.from(`/${home}/not\xff\xfeutf-8`, 'latin1'));
    expect(await collect(zfs.diffStream(options))).toEqual(changes);
  });

  it('tells what changed until now, and leaves no snapshot behind', async () => {
    expect(pathsOf(await zfs.diff({ from: `${home}@2` }), 'created')).toEqual([`/${home}/later`]);
    for await (const { path } of zfs.diffStream({ from: `${home}@1` })) {
      expect(path).toContain(`/${home}`);
      break;
    }
    const left = await zfs.list({ datasets: home, types: 'snapshot', depth: 1 });
    expect(left.map(({ name }) => name)).toEqual([`${home}@1`, `${home}@2`]);
    const backwards = await failure(zfs.diff({ from: `${home}@2`, to: `${home}@1` }));
    expect(NotEarlierSnapshotError.isInstance(backwards) && backwards.other).toBe(`${home}@1`);
    const missing = await failure(collect(zfs.diffStream({ from: `${home}@no`, to: home })));
    expect(DatasetNotFoundError.isInstance(missing) && missing.dataset).toBe(`${home}@no`);
  });

  it('leads to a file of a snapshot, though .zfs is hidden', async () => {
    const path = await zfs.snapshotPath({ snapshot: `${home}@1`, file: 'directory/file' });
    const read = createCommand('cat', ['--', path], { effect: 'read' });
    expect((await run(labTransport(), read)).stdout).toBe('first\n');
    const none = await failure(zfs.snapshotPath({ snapshot: `${home}@no` }));
    expect(DatasetNotFoundError.isInstance(none) && none.dataset).toBe(`${home}@no`);
    const legacy = await failure(zfs.snapshotPath({ snapshot: `${pool}/legacy@1` }));
    expect(SnapshotNotReadableError.isInstance(legacy) && legacy.why).toBe('legacy mountpoint');
  });

  it('bookmarks a snapshot, and a bookmark', async () => {
    const first = { source: `${home}@1`, bookmark: `${home}#1` };
    await zfs.bookmark(first);
    await zfs.bookmark({ source: `${home}#1`, bookmark: `${home}#copy` });
    const found = await zfs.get({ datasets: home, types: 'bookmark', properties: 'guid', depth: 1 });
    const snapshot = await zfs.get({ datasets: `${home}@1`, properties: 'guid' });
    const guid = snapshot[`${home}@1`]?.guid?.value;
    const guids = Object.entries(found).map(([name, { guid: one }]) => [name, one?.value]);
    expect(guids).toEqual([
      [`${home}#1`, guid],
      [`${home}#copy`, guid],
    ]);
    const again = await failure(zfs.bookmark(first));
    expect(DatasetExistsError.isInstance(again) && again.dataset).toBe(`${home}#1`);
  });

  it('names a snapshot that is held, and destroys it when it is released', async () => {
    const snapshot = `${home}@2`;
    await zfs.hold({ tag: 'keep', snapshots: snapshot });
    const held = await failure(zfs.destroy({ name: snapshot }));
    expect(SnapshotHeldError.isInstance(held) && held.snapshot).toBe(snapshot);
    expect(DatasetBusyError.isInstance(held)).toBe(true);
    await zfs.release({ tag: 'keep', snapshots: snapshot });
    expect((await zfs.destroy({ name: snapshot })).names).toEqual([snapshot]);
  });
});
