import { InvalidArgumentError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../create-zfs.js';
import { zfsSnapshotPathCommand } from './snapshot-path.js';

const snapshot = 'tank/vm@monday';

function answer(values: { readonly mountpoint: string; readonly mounted?: string; readonly snapdir?: string }): string {
  const { mountpoint, mounted = 'yes', snapdir = 'hidden' } = values;
  const rows = [
    ['tank/vm', 'type', 'filesystem'],
    ['tank/vm', 'mounted', mounted],
    ['tank/vm', 'mountpoint', mountpoint],
    ['tank/vm', 'snapdir', snapdir],
    [snapshot, 'type', 'snapshot'],
    ...['mounted', 'mountpoint', 'snapdir'].map((property) => [snapshot, property, '-']),
  ];
  return rows.map(([name, property, value]) => `${String(name)}\t${String(property)}\t-\t${String(value)}\n`).join('');
}

const pathOf = async (stdout: string, file?: string): Promise<string> =>
  createZfs({ transport: scriptedTransport(() => ({ stdout })) }).snapshotPath({
    snapshot,
    ...(file !== undefined && { file }),
  });

describe('zfsSnapshotPathCommand', () => {
  it('asks for the file system and the snapshot', () => {
    expect(zfsSnapshotPathCommand({ snapshot, file: 'etc/fstab' })).toEqual({
      file: 'zfs',
      args: [
        ...['get', '-Hp', '-o', 'name,property,source,value', '--', 'type,mounted,mountpoint,snapdir'],
        ...['tank/vm', snapshot],
      ],
      effect: 'read',
      stop: 'kill',
    });
  });

  it.each(['/etc', 'a/../b', '..', '.', 'a/./b', 'a//b', 'a/', '', 'a\0b'])('refuses the file %j', (file) => {
    expect(() => zfsSnapshotPathCommand({ snapshot, file })).toThrow(InvalidArgumentError);
  });

  it.each(['tank/vm', 'tank/vm#mark', '-r', 'tank@..'])('refuses the snapshot %j', (name) => {
    expect(() => zfsSnapshotPathCommand({ snapshot: name })).toThrow(/^snapshot: /);
  });
});

describe('zfs.snapshotPath', () => {
  it('is below the mount point, whatever that is called', async () => {
    expect(await pathOf(answer({ mountpoint: '/tank/vm' }))).toBe('/tank/vm/.zfs/snapshot/monday');
    expect(await pathOf(answer({ mountpoint: '/' }), '-a/b..c')).toBe('/.zfs/snapshot/monday/-a/b..c');
    expect(await pathOf(answer({ mountpoint: '/a\nb\tc' }))).toBe('/a\nb\tc/.zfs/snapshot/monday');
  });

  it.each([
    [{ mountpoint: '/tank/vm', mounted: 'no' }, 'not mounted', /mount it/],
    [{ mountpoint: 'legacy' }, 'legacy mountpoint', /where you mounted it/],
    [{ mountpoint: 'none', mounted: 'no' }, 'no mountpoint', /set one/],
    [{ mountpoint: '/tank/vm', snapdir: 'disabled' }, 'snapdir disabled', /hidden/],
  ])('says what to do: %j', async (values, why, message) => {
    await expect(pathOf(answer(values))).rejects.toMatchObject({
      ...{ name: 'SnapshotNotReadableError', snapshot, why, message: expect.stringMatching(message) as string },
    });
  });

  it('believes no mount point that looks like other rows', async () => {
    const mountpoint = `/x\ntank/vm\tmountpoint\tlocal\t/etc`;
    await expect(pathOf(answer({ mountpoint }))).rejects.toThrow(/a row too many/);
  });
});

describe.each(releases('zfs'))('zfs.snapshotPath on %s', (release) => {
  const path = async (name: string, of: string): Promise<string> =>
    createZfs({ transport: scriptedTransport(() => recorded(release, name)) }).snapshotPath({ snapshot: of });

  it('reads what zfs prints', async () => {
    expect(await path('places', 'quiesce-zfs/fs@1')).toBe('/quiesce-zfs/fs/.zfs/snapshot/1');
    const volume = path('places of a volume', 'quiesce-zfs/volume@1');
    await expect(volume).rejects.toMatchObject({ name: 'SnapshotNotReadableError', why: 'volume' });
  });
});
