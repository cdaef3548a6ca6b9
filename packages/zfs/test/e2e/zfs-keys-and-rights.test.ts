import { randomBytes } from 'node:crypto';
import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createZfs,
  DatasetBusyError,
  DatasetNotFoundError,
  IdentityNotFoundError,
  KeyLoadedError,
  KeyNotLoadedError,
  LegacyShareError,
  NotEncryptedError,
  PermissionDeniedError,
  WrongKeyError,
  type Zfs,
} from '../../src/index.js';

const pool = 'keys-e2e';
const image = `/var/tmp/${pool}.image`;
const plain = `${pool}/plain`;
const secret = `${pool}/secret`;
const passphrase = 'correct horse 🐴 battery staple';

async function shell(script: string): Promise<string> {
  const command = createCommand('bash', ['-euc', script, 'bash', pool, image], { effect: 'write' });
  return (await run(labTransport(), command)).stdout;
}

const wipe = `
  if zpool list "$1" >/dev/null 2>&1; then zpool destroy -f "$1"; fi
  if [ -d "/$1" ]; then rmdir "/$1"; fi
  rm -f "$2" "$2.key"`;

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe('keys and rights of zfs', () => {
  let zfs: Zfs;
  let other: Zfs;

  const status = async (dataset: string): Promise<string | undefined> => {
    const found = await zfs.get({ datasets: dataset, properties: 'keystatus' });
    return found[dataset]?.keystatus?.value;
  };

  beforeAll(async () => {
    zfs = createZfs({ transport: labTransport() });
    other = createZfs({ transport: labTransport('nosudo') });
    await shell(`${wipe}
      truncate -s 256M "$2"
      zpool create "$1" "$2"
      zfs create "$1/plain"
      chown daemon:daemon "/$1/plain"
      head -c 200000 /dev/urandom >"/$1/plain/file"
      chown daemon:users "/$1/plain/file"
      touch "/$1/plain/"{one,two}
      chown 4711:4712 "/$1/plain/"*o*
      head -c 32 /dev/urandom >"$2.key"
      zpool sync "$1"`);
  });

  afterAll(() => shell(wipe));

  it('makes, unloads and loads a file system with a passphrase', async () => {
    await zfs.create({ name: secret, encryption: { keyFormat: 'passphrase', key: passphrase, iterations: 100_000 } });
    expect(await status(secret)).toBe('available');
    const busy = await failure(zfs.unloadKey({ dataset: secret }));
    expect(DatasetBusyError.isInstance(busy) && busy.dataset).toBe(secret);
    await zfs.unmount({ filesystem: secret, unloadKey: true });
    expect(await status(secret)).toBe('unavailable');
    const unloaded = await failure(zfs.mount({ filesystem: secret }));
    expect(KeyNotLoadedError.isInstance(unloaded) && unloaded.dataset).toBe(secret);
    const wrong = await failure(zfs.loadKey({ dataset: secret, key: 'wrong horse' }));
    expect(WrongKeyError.isInstance(wrong) && wrong.dataset).toBe(secret);
    expect(JSON.stringify(wrong) + String(wrong)).not.toContain('wrong horse');
    await zfs.loadKey({ dataset: secret, key: passphrase, dryRun: true });
    expect(await status(secret)).toBe('unavailable');
    await zfs.loadKey({ dataset: secret, key: passphrase });
    const loaded = await failure(zfs.loadKey({ dataset: secret, key: passphrase }));
    expect(KeyLoadedError.isInstance(loaded) && loaded.dataset).toBe(secret);
    await zfs.mount({ filesystem: secret });
  });

  it('changes the key to raw bytes, of any value, and to a file', async () => {
    const raw = Uint8Array.from([0, 10, 13, 255, ...randomBytes(28)]);
    await zfs.changeKey({ dataset: secret, keyFormat: 'raw', key: raw });
    await zfs.unmount({ filesystem: secret, unloadKey: true });
    const old = await failure(zfs.loadKey({ dataset: secret, key: randomBytes(32) }));
    expect(WrongKeyError.isInstance(old)).toBe(true);
    await zfs.loadKey({ dataset: secret, key: raw });
    await zfs.changeKey({ dataset: secret, keyLocation: `file://${image}.key` });
    await zfs.unloadKey({ dataset: secret });
    await zfs.mount({ filesystem: secret, loadKey: true });
    expect(await status(secret)).toBe('available');
    const none = await failure(zfs.loadKey({ dataset: plain, key: passphrase }));
    expect(NotEncryptedError.isInstance(none) && none.dataset).toBe(plain);
  });

  it('tells who takes how much space, and may', async () => {
    const properties = { 'userquota@daemon': String(1024 ** 2), 'groupobjquota@4712': '5' };
    await zfs.set({ datasets: plain, properties });
    const users = await zfs.userspace({ dataset: plain });
    expect(users.map(({ name, objects, quotaBytes }) => ({ name, objects, quotaBytes }))).toEqual(
      expect.arrayContaining([
        { name: 'daemon', objects: 2, quotaBytes: 1024 ** 2 },
        { name: '4711', objects: 2, quotaBytes: undefined },
      ]),
    );
    expect(users.find(({ name }) => name === 'daemon')?.usedBytes).toBeGreaterThan(200_000);
    const groups = await zfs.groupspace({ dataset: plain, numeric: true });
    expect(groups.find(({ name }) => name === '4712')).toMatchObject({
      type: 'posixgroup',
      objects: 2,
      objectQuota: 5,
    });
    expect(await zfs.projectspace({ dataset: plain })).toMatchObject([{ type: 'project', name: '0', objects: 4 }]);
    const denied = await failure(other.userspace({ dataset: plain }));
    expect(PermissionDeniedError.isInstance(denied)).toBe(true);
  });

  it('destroys a bookmark, waits, and tells what is not shared', async () => {
    const bookmark = `${plain}#mark`;
    await zfs.snapshot({ snapshots: `${plain}@mark` });
    await zfs.bookmark({ source: `${plain}@mark`, bookmark });
    expect(await zfs.destroy({ bookmark })).toEqual({ names: [bookmark], reclaimedBytes: undefined });
    const gone = await failure(zfs.destroy({ bookmark }));
    expect(DatasetNotFoundError.isInstance(gone) && gone.dataset).toBe(bookmark);
    await zfs.wait({ filesystem: plain, activities: 'deleteq' });
    const legacy = await failure(zfs.share({ filesystem: plain }));
    expect(LegacyShareError.isInstance(legacy) && legacy.dataset).toBe(plain);
    await zfs.create({ name: `${pool}/old`, properties: { version: '4' } });
    await zfs.upgrade({ filesystems: `${pool}/old` });
    const found = await zfs.get({ datasets: `${pool}/old`, properties: 'version' });
    expect(found[`${pool}/old`]?.version?.value).toBe(5);
  });

  it('lets another user do what is allowed, as long as it is', async () => {
    const snapshot = { snapshots: `${plain}@theirs` };
    expect(PermissionDeniedError.isInstance(await failure(other.snapshot(snapshot)))).toBe(true);
    await zfs.allow({ dataset: plain, set: '@backup', permissions: ['snapshot', 'hold'] });
    await zfs.allow({ dataset: plain, users: 'nosudo', permissions: '@backup' });
    await other.snapshot(snapshot);
    await other.hold({ tag: 'theirs', ...snapshot });
    const denied = await failure(other.release({ tag: 'theirs', ...snapshot }));
    expect(PermissionDeniedError.isInstance(denied)).toBe(true);
    expect(await other.permissions({ dataset: plain })).toEqual([
      {
        dataset: plain,
        sets: { '@backup': ['hold', 'snapshot'] },
        createTime: [],
        grants: [{ to: 'user', name: 'nosudo', id: undefined, scope: 'both', permissions: ['@backup'] }],
      },
    ]);
    await zfs.unallow({ dataset: plain, users: 'nosudo' });
    const again = await failure(other.snapshot({ snapshots: `${plain}@again` }));
    expect(PermissionDeniedError.isInstance(again)).toBe(true);
    const unknown = await failure(
      zfs.allow({ dataset: plain, users: ['nosudo', 'no-such-user'], permissions: '@backup' }),
    );
    expect(IdentityNotFoundError.isInstance(unknown) && unknown.identity).toBe('no-such-user');
    expect((await zfs.permissions({ dataset: plain }))[0]?.grants).toEqual([]);
  });
});
