import { createCommand, run, sudo } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import {
  createLvm,
  LockError,
  LogicalVolumeExistsError,
  LogicalVolumeInUseError,
  LogicalVolumeNotFoundError,
  LvmPermissionError,
  VolumeGroupFullError,
  VolumeGroupNotFoundError,
  type Lvm,
  type LogicalVolume,
} from '@quiesce/lvm';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const group = 'quiesce-e2e-lvm';
const disks = ['/dev/disk/by-id/virtio-spare0', '/dev/disk/by-id/virtio-spare1'];
const origin = `/dev/${group}/origin`;
const mountPoint = '/run/quiesce-e2e-lvm';
const mebibyte = 1024 ** 2;
const run1 = 'quiesce.run=e2e-1';

const root = labTransport();
const lvm: Lvm = createLvm({ transport: root });

/** Runs what the client has no method for. */
async function tool(file: string, ...args: string[]): Promise<string> {
  return (await run(root, createCommand(file, args))).stdout;
}

async function cleanUp(): Promise<void> {
  const anyCode = { successCodes: Array.from({ length: 256 }, (_, code) => code) };
  for (const [file, ...args] of [
    ['umount', `${mountPoint}/snapshot`],
    ['umount', `${mountPoint}/origin`],
    ['vgremove', '-qq', '-y', group],
    ['pvremove', '-qq', '-y', ...disks],
    ['rm', '-rf', mountPoint],
  ] as const) {
    await run(root, createCommand(file, args), anyCode);
  }
}

async function volume(name: string): Promise<LogicalVolume> {
  const [found] = await lvm.lvs({ volumes: [`${group}/${name}`] });
  if (found === undefined) throw new Error(`${name} is not in the report`);
  return found;
}

async function names(options: { tags?: string[]; select?: string } = {}): Promise<string[]> {
  return (await lvm.lvs({ volumeGroups: [group], ...options })).map(({ name }) => name);
}

/** What a mounted snapshot holds in `/file`. */
async function contentOf(snapshot: LogicalVolume): Promise<string> {
  await tool('mount', '-o', 'ro', snapshot.path ?? '', `${mountPoint}/snapshot`);
  try {
    return await tool('cat', `${mountPoint}/snapshot/file`);
  } finally {
    await tool('umount', `${mountPoint}/snapshot`);
  }
}

async function write(text: string): Promise<void> {
  await run(root, createCommand('dd', [`of=${mountPoint}/origin/file`, 'conv=fsync', 'status=none'], { stdin: text }));
}

beforeAll(async () => {
  await cleanUp();
  await tool('mkdir', '-p', `${mountPoint}/origin`, `${mountPoint}/snapshot`);
  await tool('vgcreate', '-qq', '-y', '--addtag', 'lab', group, ...disks);
  await lvm.lvcreate({
    type: 'linear',
    volumeGroup: group,
    name: 'origin',
    sizeBytes: 64 * mebibyte,
    tags: ['a', 'b'],
  });
  await tool('mkfs.ext4', '-q', origin);
  await tool('mount', origin, `${mountPoint}/origin`);
});
afterAll(cleanUp);

describe('reports', () => {
  it('tells of a group', async () => {
    const [found, ...others] = await lvm.vgs({ volumeGroups: [group] });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      name: group,
      extentSizeBytes: 4 * mebibyte,
      physicalVolumes: 2,
      missingPhysicalVolumes: 0,
      logicalVolumes: 1,
      snapshots: 0,
      attributes: { permissions: 'writeable', partial: false, exported: false },
      tags: ['lab'],
    });
    expect(found?.freeBytes).toBe((found?.freeExtents ?? 0) * 4 * mebibyte);
    expect(found?.extents).toBe((found?.freeExtents ?? 0) + 16);
  });

  it("tells of the lab's own volumes, and hides what RAID is made of", async () => {
    const all = await lvm.lvs();
    expect(all.find(({ fullName }) => fullName === 'raid5/VM.images')).toMatchObject({
      path: '/dev/raid5/VM.images',
      segmentType: 'raid5',
      layout: expect.arrayContaining(['raid', 'raid5']) as string[],
      attributes: { kind: 'raid', state: 'active', open: true, health: 'ok' },
    });
    expect(all.some(({ path }) => path === undefined)).toBe(false);
  });

  it('takes sudo for an ordinary user, and says what is missing without it', async () => {
    const operator = labTransport('operator');
    const [found] = await createLvm({ transport: sudo(operator) }).lvs({ volumes: [origin] });
    expect(found).toMatchObject({ name: 'origin', tags: ['a', 'b'], attributes: { open: true } });
    await expect(createLvm({ transport: operator }).lvs()).rejects.toSatisfy((error) =>
      LvmPermissionError.isInstance(error),
    );
  });
});

describe('a snapshot', () => {
  it('keeps what the origin was', async () => {
    await write('before');
    const sizeBytes = 16 * mebibyte;
    await lvm.lvcreate({
      type: 'snapshot',
      origin,
      name: 'origin.1-a',
      sizeBytes,
      chunkSizeBytes: 524_288,
      tags: [run1],
    });
    await write('after');
    const snapshot = await volume('origin.1-a');
    expect(snapshot).toMatchObject({
      path: `/dev/${group}/origin.1-a`,
      dmPath: '/dev/mapper/quiesce--e2e--lvm-origin.1--a',
      sizeBytes,
      chunkSizeBytes: 524_288,
      origin: 'origin',
      snapshotInvalid: false,
      tags: [run1],
      attributes: { kind: 'snapshot', permissions: 'writeable', state: 'active', open: false, invalid: false },
    });
    expect(snapshot.dataPercent).toBeGreaterThan(0);
    expect(await contentOf(snapshot)).toBe('before');
    expect((await volume('origin')).attributes.kind).toBe('origin');
  });

  it('is found by its tags and by a selection', async () => {
    const path = '/dev/mapper/quiesce--e2e--lvm-origin.1--a';
    await lvm.lvchange({ volumes: [path], addTags: ['keep', 'x/y'], deleteTags: ['absent'] });
    expect(await names({ tags: ['keep', run1] })).toEqual(['origin.1-a']);
    expect(await names({ tags: ['keep', 'a'] })).toEqual([]);
    expect(await names({ select: 'lv_role = snapshot' })).toEqual(['origin.1-a']);
    await lvm.lvchange({ volumes: [path], deleteTags: ['keep', 'x/y'] });
    expect((await volume('origin.1-a')).tags).toEqual([run1]);
  });

  it('can not be removed while it is mounted', async () => {
    await tool('mount', '-o', 'ro', `/dev/${group}/origin.1-a`, `${mountPoint}/snapshot`);
    const refused = lvm.lvremove({ volumes: [`${group}/origin.1-a`] });
    await expect(refused).rejects.toMatchObject({ logicalVolume: `${group}/origin.1-a`, mounted: true });
    await expect(refused).rejects.toSatisfy((error) => LogicalVolumeInUseError.isInstance(error));
    await tool('umount', `${mountPoint}/snapshot`);
  });

  it('is removed only with the tag that was asked for', async () => {
    await lvm.lvremove({ volumes: [`${group}/origin.1-a`], tags: ['quiesce.run=other'] });
    expect(await names()).toEqual(['origin', 'origin.1-a']);
    await lvm.lvremove({ volumes: [`${group}/origin.1-a`], tags: [run1] });
    expect(await names()).toEqual(['origin']);
  });

  it('is invalid when it was too small, and can still be removed', async () => {
    await lvm.lvcreate({ type: 'snapshot', origin, name: 'small', sizeBytes: 4 * mebibyte, tags: [run1] });
    await tool(
      'dd',
      'if=/dev/urandom',
      `of=${mountPoint}/origin/large`,
      'bs=1M',
      'count=12',
      'conv=fsync',
      'status=none',
    );
    expect(await volume('small')).toMatchObject({
      snapshotInvalid: true,
      attributes: { kind: 'snapshot', state: 'invalid-snapshot', invalid: true },
    });
    await lvm.lvremove({ volumes: [`${group}/small`] });
    expect(await names()).toEqual(['origin']);
  });
});

describe('a volume made beforehand', () => {
  const store = `${group}/premade`;
  const create = (): Promise<void> =>
    lvm.lvcreate({ type: 'linear', volumeGroup: group, name: 'premade', sizeBytes: 16 * mebibyte, tags: [run1] });

  it('is wiped without a question', async () => {
    await create();
    await tool('mkfs.ext4', '-q', `/dev/${store}`);
    await lvm.lvremove({ volumes: [store] });
    await create();
    const { attributes, tags } = await volume('premade');
    expect(attributes).toMatchObject({ kind: 'plain', state: 'active' });
    expect(tags).toEqual([run1]);
    // Exit code 2: no signature found.
    await run(root, createCommand('blkid', ['--probe', `/dev/${store}`], { effect: 'read' }), { successCodes: [2] });
  });

  it('becomes a snapshot that keeps its name, identity and tags', async () => {
    await lvm.lvchange({ volumes: [store], active: false });
    const before = await volume('premade');
    expect(before.attributes.state).toBe('inactive');
    await lvm.lvchange({ volumes: [store], active: true });
    await write('before');
    const convert = { type: 'snapshot', origin, volume: store, chunkSizeBytes: 524_288 } as const;
    await lvm.lvconvert({ ...convert, zero: false, udevSync: false });
    await write('after');
    await tool('udevadm', 'settle');
    const after = await volume('premade');
    expect(after).toMatchObject({
      uuid: before.uuid,
      path: `/dev/${store}`,
      origin: 'origin',
      chunkSizeBytes: 524_288,
      snapshotInvalid: false,
      tags: [run1],
      attributes: { kind: 'snapshot', state: 'active' },
    });
    expect(await contentOf(after)).toBe('before');
    await expect(lvm.lvconvert(convert)).rejects.toMatchObject({ exitCode: 5 });
    await lvm.lvremove({ volumes: [store] });
    expect(await names()).toEqual(['origin']);
  });
});

describe('errors', () => {
  const sizeBytes = 4 * mebibyte;

  it('name what does not exist', async () => {
    await expect(lvm.lvs({ volumes: [`${group}/nothing`] })).rejects.toSatisfy(
      (error) => LogicalVolumeNotFoundError.isInstance(error) && error.logicalVolume === `${group}/nothing`,
    );
    await expect(lvm.vgs({ volumeGroups: ['nogroup'] })).rejects.toSatisfy(
      (error) => VolumeGroupNotFoundError.isInstance(error) && error.volumeGroup === 'nogroup',
    );
    await expect(
      lvm.lvcreate({ type: 'snapshot', origin: `${group}/nothing`, name: 'x', sizeBytes }),
    ).rejects.toSatisfy(
      (error) => LogicalVolumeNotFoundError.isInstance(error) && error.logicalVolume === `${group}/nothing`,
    );
    await expect(lvm.lvremove({ volumes: ['nogroup/nothing'] })).rejects.toSatisfy((error) =>
      VolumeGroupNotFoundError.isInstance(error),
    );
  });

  it('name what is in the way', async () => {
    await expect(lvm.lvcreate({ type: 'snapshot', origin, name: 'origin', sizeBytes })).rejects.toSatisfy(
      (error) => LogicalVolumeExistsError.isInstance(error) && error.logicalVolume === `${group}/origin`,
    );
    await expect(lvm.lvchange({ volumes: [origin], active: false })).rejects.toSatisfy(
      (error) => LogicalVolumeInUseError.isInstance(error) && error.mounted,
    );
  });

  it('count what is missing in a full group', async () => {
    const [found] = await lvm.vgs({ volumeGroups: [group] });
    const huge = lvm.lvcreate({ type: 'linear', volumeGroup: group, name: 'huge', sizeBytes: 1024 ** 4 });
    await expect(huge).rejects.toMatchObject({
      requiredExtents: 262_144,
      freeExtents: found?.freeExtents,
      volumeGroup: group,
    });
    await expect(huge).rejects.toSatisfy((error) => VolumeGroupFullError.isInstance(error));
  });

  it('tell of a lock at once where they are not to wait', async () => {
    const holder = root.start(
      createCommand('flock', [`/run/lock/lvm/V_${group}`, 'sh', '-c', 'echo held; cat'], { stop: 'kill' }),
    );
    holder.stderr.resume();
    try {
      await once(holder.stdout, 'data');
      await expect(lvm.lvs({ volumeGroups: [group], waitForLock: false })).rejects.toSatisfy(
        (error) => LockError.isInstance(error) && error.lock === group,
      );
    } finally {
      holder.stdin.end();
      await holder.result;
    }
  });
});
