import { dryRun, recording, toShell } from '@quiesce/command';
import { readRecords } from '@quiesce/lab';
import { labTransport } from '@quiesce/lab/testing';
import { createZfs } from '@quiesce/zfs';
import { beforeAll, describe, expect, it } from 'vitest';
import { lvmToZfsBackup, type BackupEvent, type BackupReport } from '../../src/index.js';
import { schemaProblems } from '../schema.js';
import { cleanHost, documented, hostState, inLab } from './support.js';

const image = '/archives/backups/raid5.VM.images/Server-Tim.img';
let first: BackupReport;
let firstSum: string;
let events: BackupEvent[];

describe('lvmToZfsBackup', () => {
  beforeAll(async () => {
    events = [];
    const backup = lvmToZfsBackup({ ...documented, transport: labTransport() });
    first = await backup.run({
      onEvent: (event) => {
        events.push(event);
      },
    });
    firstSum = await inLab(`sha256sum < ${image}`);
  });

  it('leaves the host as it was, and the guests running', async () => {
    expect(await hostState()).toEqual(cleanHost);
  });

  it('reports every guest, volume and copy', () => {
    expect(first).toMatchObject({ version: 1, outcome: 'success', problems: [], leftovers: [] });
    expect(
      first.domains.map(({ name, suspended, flushed, runningAfter }) => ({ name, suspended, flushed, runningAfter })),
    ).toEqual([
      { name: 'Server-Tim', suspended: true, flushed: true, runningAfter: true },
      { name: 'MySQL', suspended: true, flushed: true, runningAfter: true },
    ]);
    for (const { pausedMs } of first.domains) expect(pausedMs).toBeGreaterThan(0);
    expect(
      first.volumes.map(({ volume, outcome, copy, snapshotRemoved }) => [
        volume,
        outcome,
        copy?.folder,
        snapshotRemoved,
      ]),
    ).toEqual([
      ['/dev/SSD/images', 'success', '/archives/backups/SSD.images', true],
      ['/dev/raid5/VM.images', 'success', '/archives/backups/raid5.VM.images', true],
    ]);
    for (const { copy } of first.volumes) expect(copy?.stats?.totalFileSizeBytes).toBeGreaterThan(60_000_000);
    expect(first.hostRoot).toMatchObject([{ folder: '/archives/backups/root', outcome: 'success' }]);
    expect(first.complete).toBe(true);
    expect(JSON.parse(JSON.stringify(first))).toMatchObject({ runId: first.runId, outcome: 'success' });
    expect(schemaProblems('backup-report', first)).toEqual([]);
  });

  it('tells each step and the progress of each copy', () => {
    const finished = events.flatMap((event) =>
      event.type === 'step' && event.state === 'finished' ? [event.step] : [],
    );
    const expected = [
      'preflight',
      'prepare',
      'flush',
      'suspend',
      'lvm-snapshot',
      'resume',
      'zfs-snapshot',
      'check',
      'mount',
    ];
    expect(finished).toEqual(expect.arrayContaining([...expected, 'copy', 'unmount', 'remove', 'host-root']));
    const copied = events.flatMap((event) => (event.type === 'progress' ? [event.subject] : []));
    expect(events.flatMap((event) => schemaProblems('backup-event', event))).toEqual([]);
    expect(new Set(copied)).toEqual(new Set(['/dev/SSD/images', '/dev/raid5/VM.images', '/etc/default']));
  });

  it('freezes images that are consistent and fresh', async () => {
    for (const copy of [image, '/archives/backups/SSD.images/MySQL.img']) {
      const { consistent, problems, records } = await readRecords(labTransport(), copy);
      expect({ consistent, problems }).toEqual({ consistent: true, problems: [] });
      expect(records).toBeGreaterThan(0);
    }
  });

  it('marks the target as holding the whole run', async () => {
    const properties = await createZfs({ transport: labTransport() }).get({
      datasets: 'archives/backups',
      properties: ['quiesce:run', 'quiesce:state'],
    });
    expect(properties['archives/backups']).toMatchObject({
      'quiesce:run': { value: first.runId },
      'quiesce:state': { value: 'complete' },
    });
  });

  it('copies only what changed the second time, and keeps the first run in its ZFS snapshot', async () => {
    const before = await readRecords(labTransport(), image);
    const second = await lvmToZfsBackup({ ...documented, transport: labTransport() }).run();
    expect(second.zfsSnapshot).toMatchObject({ made: true, holdsRun: first.runId, holdsCompleteRun: true });
    for (const { copy } of second.volumes) {
      expect(copy?.stats?.matchedBytes).toBeGreaterThan(50_000_000);
      expect(copy?.stats?.literalBytes).toBeLessThan(10_000_000);
    }
    const kept = image.replace(
      '/archives/backups',
      `/archives/backups/.zfs/snapshot/${second.zfsSnapshot.name.split('@')[1] ?? ''}`,
    );
    expect(await inLab(`sha256sum < ${kept}`)).toBe(firstSum);
    const after = await readRecords(labTransport(), image);
    expect(after.consistent).toBe(true);
    expect(after.last).toBeGreaterThan(before.last ?? Number.POSITIVE_INFINITY);
    expect(await hostState()).toEqual(cleanHost);
  });

  it('plans without changing anything, and the plan is what a run runs', async () => {
    const dry = dryRun(labTransport());
    const reads = recording(dry);
    const epochSeconds = Math.floor(Date.now() / 1000);
    const plan = await lvmToZfsBackup({ ...documented, epochSeconds, transport: reads }).plan();
    expect(dry.commands).toEqual([]);
    expect(schemaProblems('backup-plan', plan)).toEqual([]);
    expect(reads.records.every(({ command }) => command.effect === 'read')).toBe(true);

    const ran = recording(labTransport());
    await lvmToZfsBackup({ ...documented, epochSeconds, transport: ran }).run();
    // Each run has an id of its own.
    const anonymous = (text: string): string => text.replaceAll(/\d{10}-[0-9a-f]{8}/g, 'RUN');
    const said = ran.records.map(({ command }) => anonymous(toShell(command)));
    const planned = [
      plan.makeFolders,
      plan.settleDevices,
      plan.makeZfsSnapshot,
      plan.markIncomplete,
      plan.markComplete,
      ...[plan.openTarget, plan.completeTarget],
      ...plan.hostRoot.flatMap(({ breakLinks, complete, copy, open }) => [open, breakLinks, copy, complete]),
      ...[plan.pause.writeScript, plan.pause.start, plan.pause.forget],
      ...plan.volumes.flatMap(({ makeSpace, check, mount, copy, status, unmount, remove }) => [
        ...[makeSpace, ...(check === undefined ? [] : [check]), mount, copy.open, copy.copy, copy.complete],
        ...[status, unmount, remove],
      ]),
    ].map((command) => anonymous(toShell(command)));
    expect(said).toEqual(expect.arrayContaining(planned));
    const scripts = ran.records.flatMap(({ command: { stdin } }) =>
      typeof stdin === 'string' && stdin.startsWith('#!') ? [stdin] : [],
    );
    expect(scripts.map(anonymous)).toEqual([anonymous(plan.pause.script)]);
  });

  it('plans a shell script that does the same', async () => {
    const plan = await lvmToZfsBackup({ ...documented, transport: labTransport() }).plan();
    const written = `cat > /root/backup.sh <<'QUIESCE_END'\n${plan.toShell()}QUIESCE_END\n`;
    await inLab(`${written}sh /root/backup.sh >/root/backup.log 2>&1 || { cat /root/backup.log >&2; exit 1; }`);
    expect(await hostState()).toEqual(cleanHost);
    expect(await inLab(`zfs list -H -o name ${plan.zfsSnapshot}`)).toBe(plan.zfsSnapshot);
    expect(await inLab('zfs get -H -o value quiesce:state archives/backups')).toBe('complete');
    expect((await readRecords(labTransport(), image)).consistent).toBe(true);
  });
});
