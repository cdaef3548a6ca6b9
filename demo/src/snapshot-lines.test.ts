import type { BackupReport, CopyReport } from '@quiesce/backup-recipes';
import { describe, expect, it } from 'vitest';
import { imageCopy, restoreLines } from './restore-lines.js';
import { snapshotLines } from './snapshot-lines.js';

const noFiles = { total: 0, files: 0, directories: 0, symbolicLinks: 0, devices: 0, specials: 0 };

function copy(folder: string, literalBytes: number, matchedBytes: number): CopyReport {
  const totalFileSizeBytes = literalBytes + matchedBytes;
  const counts = { found: noFiles, created: noFiles, deleted: noFiles, filesTransferred: 1 };
  const wire = { sentBytes: literalBytes, receivedBytes: 0, speedup: 1 };
  const stats = { ...counts, ...wire, totalFileSizeBytes, literalBytes, matchedBytes, transferredFileSizeBytes: 0 };
  return { source: '/etc', folder, outcome: 'success', startedMs: 9000, durationMs: 6100, stats };
}

const target = '/archives/backups';
const at = { suspendedAt: new Date('2026-11-23T16:00:04.000Z'), resumedAt: new Date('2026-11-23T16:00:06.449Z') };
const domain = { ...at, stateBefore: 'running', flushed: true, suspended: true, runningAfter: true };
const times = { snapshotStartedMs: 4100, snapshotRemovedMs: 16_000 };
const volume = {
  ...times,
  outcome: 'success',
  complete: true,
  verification: undefined,
  checksums: undefined,
  snapshotUsedPercent: 1,
  snapshotRemoved: true,
} as const;
const report: BackupReport = {
  version: 1,
  recipe: 'lvmToZfsBackup',
  runId: 'b2',
  outcome: 'success',
  startedAt: new Date('2026-11-23T16:00:00.000Z'),
  endedAt: new Date('2026-11-23T16:00:24.300Z'),
  durationMs: 24_300,
  target: 'archives/backups',
  complete: true,
  dryRun: false,
  zfsSnapshot: {
    name: 'archives/backups@daily.2',
    made: true,
    startedMs: 7000,
    holdsRun: 'a1',
    holdsCompleteRun: true,
  },
  domains: [
    { ...domain, name: 'Server-Tim', pausedMs: 2449 },
    { ...domain, name: 'MySQL', pausedMs: 12_300 },
  ],
  volumes: [
    {
      ...volume,
      volume: '/dev/SSD/images',
      snapshot: '/dev/SSD/images.2',
      copy: copy(`${target}/SSD.images`, 2 ** 20, 63 * 2 ** 20),
    },
  ],
  hostRoot: [copy(`${target}/etc`, 512, 0)],
  steps: [],
  problems: [],
  leftovers: [],
};

const guest = { name: 'MySQL', volume: '/dev/SSD/images', image: '/srv/SSD/images/MySQL.img' };

describe('snapshotLines', () => {
  it('says which run each snapshot holds', () => {
    const first: BackupReport = {
      ...report,
      zfsSnapshot: {
        name: 'archives/backups@daily.1',
        made: true,
        startedMs: 7000,
        holdsRun: undefined,
        holdsCompleteRun: undefined,
      },
    };
    const snapshots = [
      { name: 'archives/backups@daily.1', usedBytes: 0, referencedBytes: 24 * 1024 },
      { name: 'archives/backups@daily.2', usedBytes: 2 ** 20, referencedBytes: 81 * 2 ** 20 },
      { name: 'archives/backups@other', usedBytes: 0, referencedBytes: 0 },
    ];
    expect(snapshotLines(snapshots, [first, report])).toEqual([
      'snapshot on the target    refers to  its own  holds',
      'archives/backups@daily.1   24.0 KiB      0 B  the target before any run',
      'archives/backups@daily.2   81.0 MiB  1.0 MiB  run a1, complete',
      'archives/backups@other          0 B      0 B  not known',
    ]);
  });
});

describe('how to restore', () => {
  it('finds the copy in the target and in a snapshot', () => {
    const found = imageCopy(report, guest);
    expect(found?.now).toBe('/archives/backups/SSD.images/MySQL.img');
    expect(found?.inSnapshot('daily.2')).toBe('/archives/backups/.zfs/snapshot/daily.2/SSD.images/MySQL.img');
    expect(imageCopy(report, { ...guest, volume: '/dev/SSD/other' })).toBeUndefined();
  });

  it('gives commands that a shell takes as they are', () => {
    expect(restoreLines('/archives/my backups/MySQL.img', guest)).toEqual([
      'virsh shutdown MySQL    # and wait until virsh domstate says: shut off',
      "cp --sparse=always -- '/archives/my backups/MySQL.img' /srv/SSD/images/MySQL.img",
      'virsh start MySQL',
    ]);
  });
});
