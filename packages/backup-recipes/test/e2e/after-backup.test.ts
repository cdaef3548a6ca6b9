import { sudo, type Transport } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { createZfs } from '@quiesce/zfs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  listBackups,
  lvmToZfsBackup,
  PreflightError,
  reportToPrometheus,
  RestoreFailedError,
  restoreImages,
  verifyBackup,
  VerifyFailedError,
  type BackupReport,
  type RestoreImagesOptions,
  type RestoreReport,
} from '../../src/index.js';
import { schemaProblems } from '../schema.js';
import { cleanHost, documented, hostState, inLab } from './support.js';

const transport = labTransport();
const zfs = createZfs({ transport });
const target = documented.target;
let first: BackupReport;
let second: BackupReport;

const scratch = '/var/tmp/restored';
const mysql = { place: '/srv/SSD/images/MySQL.img', image: 'SSD.images/MySQL.img' };
const copyIn = (snapshot: string, image: string): string =>
  `/archives/backups/.zfs/snapshot/${snapshot.replace(/^.*@/, '')}/${image}`;

/** Restores, and returns what it failed with. */
async function restore(options: Omit<RestoreImagesOptions, 'target' | 'transport'>): Promise<RestoreReport> {
  return restoreImages({ target, transport, ...options }).run();
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** What the recipes that come after a backup find in a target, over two runs on real guests. */
describe('after a backup', () => {
  beforeAll(async () => {
    // Others have left what is not whole.
    await inLab(`zfs list -H -t snapshot -o name ${target} | xargs -r -n 1 zfs destroy -R`);
    const listen = 'IO::Socket::UNIX->new(Local => "/etc/default/agents/one", Listen => 1) or die';
    await inLab(`mkdir /etc/default/agents && perl -MIO::Socket::UNIX -e '${listen}'`);
    const backup = lvmToZfsBackup({ ...documented, transport });
    first = await backup.run();
    second = await backup.run();
    await zfs.snapshot({ snapshots: `${target}@by-hand` });
  });

  afterAll(async () => {
    await inLab(`rm -rf ${scratch} /etc/default/agents; zfs destroy -R ${target}-clone 2>/dev/null; true`);
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

  it('compares backups with what was frozen, and notes that', async () => {
    const report = await verifyBackup({ target, backups: 'all', transport }).run();
    expect(schemaProblems('verify-report', report)).toEqual([]);
    expect(report.backups.map(({ outcome, snapshot }) => [snapshot, outcome]).slice(0, 3)).toEqual([
      [undefined, 'whole'],
      [`${target}@by-hand`, 'whole'],
      [second.zfsSnapshot.name, 'whole'],
    ]);
    const [now] = report.backups;
    expect(now?.folders.map(({ folder, outcome }) => [folder, outcome])).toEqual([
      ['SSD.images', 'whole'],
      ['raid5.VM.images', 'whole'],
      ['root', 'unknown'],
    ]);
    for (const { bytes, folder } of now?.folders ?? []) expect(folder === 'root' || bytes > 60_000_000).toBe(true);
    expect(report.pool).toMatchObject({ name: 'archives', state: 'ONLINE', dataErrors: 0 });
    const { backups } = await listBackups({ target, transport }).run();
    expect(backups.slice(0, 3).map(({ verified }) => verified?.outcome)).toEqual(['whole', 'whole', 'whole']);
  });

  it('restores the image of a guest as of a time, beside the one that it runs from', async () => {
    await inLab(`mkdir -p ${scratch}`);
    const before = await inLab(`stat --format='%i' ${mysql.place}`);
    const at = new Date(Number(first.runId.split('-')[0]) * 1000);
    const options = { restore: { guest: 'MySQL' }, backup: at, to: { folder: scratch } } as const;
    const plan = await restoreImages({ target, transport, ...options }).plan();
    expect(plan.files).toMatchObject([{ to: `${scratch}/${mysql.image}` }]);
    const report = await restore(options);
    expect([schemaProblems('restore-plan', plan), schemaProblems('restore-report', report)]).toEqual([[], []]);
    expect(report).toMatchObject({
      ...{ outcome: 'success', snapshot: second.zfsSnapshot.name, restoredRuns: [first.runId], problems: [] },
      files: [{ to: `${scratch}/${mysql.image}`, outcome: 'restored', verifiedBy: 'checksum' }],
    });
    const attributes = "stat --format='%s %u %g %a %Y'";
    const copy = copyIn(second.zfsSnapshot.name, mysql.image);
    const [restored, kept] = (
      await inLab(`for file in ${scratch}/${mysql.image} ${copy}; do ${attributes} $file; sha256sum <$file; done`)
    ).split(/(?<=-\n)/);
    expect(restored?.trim()).toBe(kept?.trim());
    expect(await inLab(`ls -A ${scratch}/SSD.images`)).toBe('MySQL.img');
    expect(await inLab(`stat --format='%i' ${mysql.place}`)).toBe(before);
    expect(await hostState()).toEqual(cleanHost);
  });

  it('does not replace the image of a guest that runs', async () => {
    const before = await inLab(`stat --format='%i' ${mysql.place}`);
    const error = await failure(restore({ restore: { guest: 'MySQL' } }));
    if (!PreflightError.isInstance(error)) throw error;
    expect(error.problems).toMatchObject([{ value: 'MySQL' }]);
    expect(error.message).toContain('virsh shutdown');
    expect(await inLab(`stat --format='%i' ${mysql.place}; ls -A /srv/SSD/images`)).toContain(before);
  });

  it('puts everything of a volume in its place when its guest is off', async () => {
    await inLab('virsh destroy MySQL');
    try {
      await inLab(`dd if=/dev/urandom of=${mysql.place} bs=1M count=1 conv=notrunc status=none`);
      // As a user who is root by sudo alone.
      const options = { target, transport: sudo(labTransport('operator')) };
      const report = await restoreImages({ ...options, restore: { volume: '/dev/SSD/images' } }).run();
      expect(report.files).toContainEqual(
        expect.objectContaining({ to: mysql.place, outcome: 'restored', verifiedBy: 'checksum' }),
      );
      expect(report.snapshot).toBeUndefined();
      const sums = await inLab(`sha256sum <${mysql.place}; sha256sum </archives/backups/${mysql.image}`);
      expect(new Set(sums.split('\n')).size).toBe(1);
    } finally {
      // A guest that was started anew counts its time from the start: its records begin anew, too.
      await inLab(`mount -o loop -- ${mysql.place} /mnt; : >/mnt/records; umount /mnt; virsh start MySQL`);
    }
    expect(await hostState()).toEqual(cleanHost);
  });

  it('brings files of the host to a folder of another host, over two links', async () => {
    // Another way to the same machine, so all goes through here.
    const other = sudo(labTransport('operator'));
    const report = await restore({
      ...{ restore: { hostFiles: '/etc/default/useradd' }, to: { folder: scratch, transport: other } },
    });
    expect(report.files[0]).toMatchObject({ to: `${scratch}/root/useradd`, outcome: 'restored', verifiedBy: 'copy' });
    expect(await inLab(`cmp /archives/backups/root/useradd ${scratch}/root/useradd && echo same`)).toBe('same');
  });

  it('leaves out sockets, and says so', async () => {
    const folder = `${scratch}/whole`;
    await inLab(`mkdir -p ${folder}`);
    const report = await restore({ restore: { hostFiles: '/etc/default/agents' }, to: { folder } });
    expect(report.outcome).toBe('success');
    expect(report.problems.map(({ message }) => message)).toEqual([
      'sockets are left out, whoever listens makes them anew: agents/one',
    ]);
    expect(await inLab(`diff -r /archives/backups/root/agents ${folder}/root/agents || true`)).toBe(
      'Only in /archives/backups/root/agents: one',
    );
  });

  it('finds a damaged copy, names it, and does not restore it', async () => {
    const copy = `/archives/backups/${mysql.image}`;
    await inLab(`cp --sparse=always ${copy} /var/tmp/whole.img && touch -r ${copy} /var/tmp/whole.img`);
    try {
      await inLab(`printf x | dd of=${copy} bs=1 seek=1000000 conv=notrunc status=none`);
      const error = await failure(verifyBackup({ target, transport }).run());
      if (!VerifyFailedError.isInstance(error)) throw error;
      expect(error.report.backups[0]).toMatchObject({
        outcome: 'damaged',
        folders: [{ folder: 'SSD.images', outcome: 'damaged', different: ['MySQL.img'] }, {}, {}],
      });
      const metrics = reportToPrometheus(error.report);
      expect(metrics).toContain(`quiesce_verify_folders{target="${target}",outcome="damaged"} 1\n`);
      expect(metrics).toContain(`quiesce_verify_pool_online{target="${target}"} 1\n`);
      expect(metrics).not.toMatch(/NaN|undefined|last_success/);
      const to = { file: `${scratch}/damaged.img` };
      const refused = await failure(restore({ restore: { images: mysql.image }, backup: 'now', to }));
      if (!RestoreFailedError.isInstance(refused)) throw refused;
      expect(refused.report.files).toMatchObject([{ outcome: 'kept', verifiedBy: undefined }]);
      expect(refused.message).toContain('the copy in the target is damaged');
      expect(await inLab(`ls -A ${scratch}`)).not.toMatch(/damaged|quiesce/);
    } finally {
      await inLab(`cp --preserve=timestamps /var/tmp/whole.img ${copy}; rm /var/tmp/whole.img`);
    }
    expect((await verifyBackup({ target, transport }).run()).outcome).toBe('success');
  });

  it('says of a folder that could not be compared that it was not', async () => {
    const broken: Transport = {
      name: transport.name,
      start: (command, options) => {
        const isIt = command.args.some((word) => word.endsWith('/manifests/SSD.images'));
        return transport.start(isIt ? { ...command, file: 'sh', args: ['-c', 'exit 9'] } : command, options);
      },
    };
    const error = await failure(verifyBackup({ target, transport: broken }).run());
    if (!VerifyFailedError.isInstance(error)) throw error;
    expect(schemaProblems('verify-report', error.report)).toEqual([]);
    const [now] = error.report.backups;
    expect(now?.outcome).toBe('failed');
    expect(now?.folders.map(({ folder, outcome }) => [folder, outcome]).slice(0, 2)).toEqual([
      ['SSD.images', 'failed'],
      ['raid5.VM.images', 'whole'],
    ]);
    expect(reportToPrometheus(error.report)).toContain('outcome="failed"} 1\n');
  });

  it('leaves what was there when it is interrupted', async () => {
    const stop = new AbortController();
    const restoring = restoreImages({ target, transport, restore: { images: mysql.image }, to: { folder: scratch } });
    const error = await failure(
      restoring.run({
        signal: stop.signal,
        onEvent: (event) => {
          if (event.type === 'step' && event.step === 'copy' && event.state === 'started') stop.abort();
        },
      }),
    );
    if (!RestoreFailedError.isInstance(error)) throw error;
    expect(error.report).toMatchObject({ outcome: 'aborted', files: [{ outcome: 'kept' }], leftovers: [] });
    expect(await inLab(`ls -A ${scratch}/SSD.images; cat /run/quiesce/holder 2>/dev/null; true`)).toBe('MySQL.img');
  });
});
