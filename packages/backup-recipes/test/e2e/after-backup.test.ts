import { labTransport } from '@quiesce/lab/testing';
import { createZfs } from '@quiesce/zfs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listBackups, lvmToZfsBackup, type BackupReport } from '../../src/index.js';
import { documented, inLab } from './support.js';

const transport = labTransport();
const zfs = createZfs({ transport });
const target = documented.target;
let first: BackupReport;
let second: BackupReport;

/** What the recipes that come after a backup find in a target, over two runs on real guests. */
describe('after a backup', () => {
  beforeAll(async () => {
    const backup = lvmToZfsBackup({ ...documented, transport });
    first = await backup.run();
    second = await backup.run();
    await zfs.snapshot({ snapshots: `${target}@by-hand` });
  });

  afterAll(async () => {
    await inLab(`zfs destroy ${target}@by-hand`);
  });

  it('keeps the checksums of what was frozen', () => {
    for (const { checksums } of [...first.volumes, ...second.volumes]) {
      expect(checksums?.files).toBeGreaterThan(0);
      expect(checksums?.bytes).toBeGreaterThan(60_000_000);
    }
    expect([...first.problems, ...second.problems]).toEqual([]);
  });

  it('lists what can be restored, and whose images it is', async () => {
    const { backups, problems } = await listBackups({ target, transport }).run();
    expect(problems).toEqual([]);
    const [now, byHand, ofSecond] = backups;
    expect(now).toMatchObject({ snapshot: undefined, runId: second.runId, complete: true, madeBy: undefined });
    expect(byHand).toMatchObject({
      snapshot: `${target}@by-hand`,
      runId: second.runId,
      complete: true,
      madeBy: 'other',
    });
    expect(ofSecond).toMatchObject({
      ...{ snapshot: second.zfsSnapshot.name, runId: first.runId, complete: true, madeBy: 'run', verified: undefined },
      folders: [
        { folder: 'SSD.images', source: '/dev/SSD/images', place: '/srv/SSD/images', runId: first.runId },
        { folder: 'raid5.VM.images', place: '/srv/raid5/VM.images', complete: true },
        { folder: 'root', source: '/etc/default', place: '/etc/default' },
      ],
    });
    expect(ofSecond?.at).toEqual(new Date(Number(first.runId.split('-')[0]) * 1000));
    for (const backup of [now, ofSecond]) {
      expect(backup?.guests.map(({ complete, name }) => [name, complete]).toSorted()).toEqual([
        ['MySQL', true],
        ['Server-Tim', true],
      ]);
      for (const { images } of backup?.guests ?? []) {
        expect(images).toHaveLength(1);
        expect(images[0]?.sizeBytes).toBeGreaterThan(60_000_000);
      }
    }
    const mysql = ofSecond?.guests.find(({ name }) => name === 'MySQL')?.images[0];
    expect(mysql).toMatchObject({ path: '/srv/SSD/images/MySQL.img', folder: 'SSD.images', file: 'MySQL.img' });
    expect(await inLab(`stat --format=%s -- '${mysql?.at ?? ''}'`)).toBe(String(mysql?.sizeBytes));
  });
});
