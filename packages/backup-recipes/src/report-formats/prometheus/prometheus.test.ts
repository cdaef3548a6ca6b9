import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InvalidArgumentError } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BootReport } from '../../boot-test/report.js';
import type { PruneReport } from '../../prune-snapshots/report.js';
import type { ReplicateReport } from '../../replicate/report.js';
import type { VerifyReport } from '../../verify-backup/report.js';
import { reportToPrometheus } from './prometheus.js';
import { failedRun, goodRun, hostileRun } from '../testing/reports.js';
import { writePrometheus } from './write-prometheus.js';

const { durationMs, endedAt, startedAt, target } = goodRun;
const common = {
  version: 1,
  outcome: 'success',
  startedAt,
  endedAt,
  durationMs,
  steps: [],
  problems: [],
  target,
} as const;
const compared = { runId: '1-0a0b0c0d', files: 2, bytes: 10, differences: 0, different: [] } as const;
const verified: VerifyReport = {
  ...{ ...common, recipe: 'verifyBackup', outcome: 'failed' },
  problems: [
    { step: 'verify', subject: 'SSD.images', message: '2 names differ', fatal: true, error: 'Error', startedMs: 1 },
  ],
  pool: {
    ...{ name: 'archives', state: 'DEGRADED', dataErrors: 1, damagedFiles: ['/x'], scrubErrors: 0 },
    scrubbedAt: new Date(2500),
  },
  backups: [
    {
      ...{ snapshot: undefined, runId: '1-0a0b0c0d', at: new Date(1000), outcome: 'damaged' },
      folders: [
        { ...compared, folder: 'SSD.images', outcome: 'damaged', differences: 2, different: ['a', 'b'] },
        { ...compared, folder: 'raid5.VM.images', outcome: 'whole' },
      ],
    },
  ],
};
const booted: BootReport = {
  ...{ ...common, recipe: 'bootTest', testId: '1-0a0b0c0d', guest: 'MySQL', images: [], console: [], leftovers: [] },
  ...{ snapshot: undefined, runId: undefined, at: undefined, leftOut: [], sign: undefined },
} as never;
const replicated: ReplicateReport = {
  ...{ ...common, recipe: 'replicate', runId: '1-0a0b0c0d', copy: 'offsite/backups', made: undefined, sentBytes: 77 },
  ...{ sent: [], newest: undefined, givenUp: [], resumed: false, base: undefined, verified: undefined, held: [] },
};
const pruned: PruneReport = {
  ...{ ...common, recipe: 'pruneSnapshots', keep: {}, timeZone: 'UTC', freedBytes: 9 },
  snapshots: [{ outcome: 'destroyed' }, { outcome: 'kept' }, { outcome: 'kept' }] as never,
};

const lastSuccess = 'quiesce_backup_last_success_timestamp_seconds{target="archives/backups"}';

describe('reportToPrometheus', () => {
  it('tells of a good run', () => {
    expect(reportToPrometheus(goodRun)).toMatchInlineSnapshot(`
      "# HELP quiesce_backup_last_run_timestamp_seconds When the last run ended.
      # TYPE quiesce_backup_last_run_timestamp_seconds gauge
      quiesce_backup_last_run_timestamp_seconds{target="archives/backups"} 1795693551.577
      # HELP quiesce_backup_last_success_timestamp_seconds When the last run ended that left the target complete.
      # TYPE quiesce_backup_last_success_timestamp_seconds gauge
      quiesce_backup_last_success_timestamp_seconds{target="archives/backups"} 1795693551.577
      # HELP quiesce_backup_success Whether the last run did all that it should.
      # TYPE quiesce_backup_success gauge
      quiesce_backup_success{target="archives/backups"} 1
      # HELP quiesce_backup_duration_seconds How long the last run took.
      # TYPE quiesce_backup_duration_seconds gauge
      quiesce_backup_duration_seconds{target="archives/backups"} 32.741
      # HELP quiesce_backup_problems Problems of the last run; a fatal one makes it a failure.
      # TYPE quiesce_backup_problems gauge
      quiesce_backup_problems{target="archives/backups",fatal="true"} 0
      quiesce_backup_problems{target="archives/backups",fatal="false"} 0
      # HELP quiesce_backup_complete Whether the whole target can be restored from.
      # TYPE quiesce_backup_complete gauge
      quiesce_backup_complete{target="archives/backups"} 1
      # HELP quiesce_backup_guest_paused_seconds For how long a guest was paused.
      # TYPE quiesce_backup_guest_paused_seconds gauge
      quiesce_backup_guest_paused_seconds{target="archives/backups",guest="Server-Tim"} 1.45
      quiesce_backup_guest_paused_seconds{target="archives/backups",guest="MySQL"} 1.444
      # HELP quiesce_backup_guest_running Whether a guest that was paused was seen running again.
      # TYPE quiesce_backup_guest_running gauge
      quiesce_backup_guest_running{target="archives/backups",guest="Server-Tim"} 1
      quiesce_backup_guest_running{target="archives/backups",guest="MySQL"} 1
      # HELP quiesce_backup_copy_size_bytes Size of all files of a source.
      # TYPE quiesce_backup_copy_size_bytes gauge
      quiesce_backup_copy_size_bytes{target="archives/backups",source="/dev/SSD/images"} 67108948
      quiesce_backup_copy_size_bytes{target="archives/backups",source="/dev/raid5/VM.images"} 67108948
      quiesce_backup_copy_size_bytes{target="archives/backups",source="host: /etc"} 1318456
      # HELP quiesce_backup_copy_written_bytes What of them had to be written.
      # TYPE quiesce_backup_copy_written_bytes gauge
      quiesce_backup_copy_written_bytes{target="archives/backups",source="/dev/SSD/images"} 67108906
      quiesce_backup_copy_written_bytes{target="archives/backups",source="/dev/raid5/VM.images"} 67108906
      quiesce_backup_copy_written_bytes{target="archives/backups",source="host: /etc"} 1312946
      # HELP quiesce_backup_copy_duration_seconds How long copying a source took.
      # TYPE quiesce_backup_copy_duration_seconds gauge
      quiesce_backup_copy_duration_seconds{target="archives/backups",source="/dev/SSD/images"} 8.467
      quiesce_backup_copy_duration_seconds{target="archives/backups",source="/dev/raid5/VM.images"} 8.402
      quiesce_backup_copy_duration_seconds{target="archives/backups",source="host: /etc"} 7.967
      # HELP quiesce_backup_volume_complete Whether the copy of a volume holds every byte of it.
      # TYPE quiesce_backup_volume_complete gauge
      quiesce_backup_volume_complete{target="archives/backups",volume="/dev/SSD/images"} 1
      quiesce_backup_volume_complete{target="archives/backups",volume="/dev/raid5/VM.images"} 1
      # HELP quiesce_backup_snapshot_used_ratio How full the LVM snapshot of a volume was after the copy, from 0 to 1.
      # TYPE quiesce_backup_snapshot_used_ratio gauge
      quiesce_backup_snapshot_used_ratio{target="archives/backups",volume="/dev/SSD/images"} 0.007692307692307693
      quiesce_backup_snapshot_used_ratio{target="archives/backups",volume="/dev/raid5/VM.images"} 0.007692307692307693
      # HELP quiesce_backup_leftovers What the last run could not undo.
      # TYPE quiesce_backup_leftovers gauge
      quiesce_backup_leftovers{target="archives/backups"} 0
      "
    `);
  });

  it('leaves out what is not known', () => {
    const text = reportToPrometheus(failedRun);
    expect(text).not.toContain('last_success');
    expect(text).toContain('quiesce_backup_complete{target="archives/backups"} 0');
    expect(text).toContain('quiesce_backup_problems{target="archives/backups",fatal="true"} 3');
    expect(text).not.toContain('snapshot_used_ratio{target="archives/backups",volume="/dev/SSD/images"}');
    expect(text).not.toMatch(/NaN|undefined/);
    expect(reportToPrometheus(failedRun, { lastSuccess: new Date(1500) })).toContain(`${lastSuccess} 1.5\n`);
  });

  it('tells of a verification', () => {
    const text = reportToPrometheus(verified);
    const of = (name: string, labels = ''): string => `quiesce_verify_${name}{target="archives/backups"${labels}}`;
    expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
      `${of('last_run_timestamp_seconds')} ${String(endedAt.getTime() / 1000)}`,
      `${of('success')} 0`,
      `${of('duration_seconds')} ${String(durationMs / 1000)}`,
      `${of('problems', ',fatal="true"')} 1`,
      `${of('problems', ',fatal="false"')} 0`,
      `${of('folders', ',outcome="whole"')} 1`,
      `${of('folders', ',outcome="damaged"')} 1`,
      ...['incomplete', 'unknown', 'broken', 'changed', 'failed'].map(
        (outcome) => `${of('folders', `,outcome="${outcome}"`)} 0`,
      ),
      `${of('differences')} 2`,
      `${of('pool_online')} 0`,
      `${of('pool_data_errors')} 1`,
      `${of('pool_scrubbed_timestamp_seconds')} 2.5`,
      '',
    ]);
    expect(reportToPrometheus({ ...verified, pool: undefined })).not.toContain('pool');
  });

  it('tells of what else comes after a backup, by guest and by copy', () => {
    const at = String(endedAt.getTime() / 1000);
    expect(reportToPrometheus(booted)).toContain(
      `quiesce_boot_test_last_success_timestamp_seconds{target="archives/backups",guest="MySQL"} ${at}\n`,
    );
    expect(reportToPrometheus(replicated)).toContain(
      'quiesce_replicate_sent_bytes{target="archives/backups",copy="offsite/backups"} 77\n',
    );
    const text = reportToPrometheus(pruned);
    expect(text).toContain('quiesce_prune_snapshots{target="archives/backups",outcome="kept"} 2\n');
    expect(text).toContain('quiesce_prune_snapshots{target="archives/backups",outcome="left"} 0\n');
    expect(text).toContain('quiesce_prune_freed_bytes{target="archives/backups"} 9\n');
  });

  it.each(['reconcile', 'listBackups', 'toString'])('refuses a report of %s', (recipe) => {
    expect(() => reportToPrometheus({ ...pruned, recipe } as never)).toThrow(
      new InvalidArgumentError({
        ...{ argument: 'report', value: recipe },
        expected: 'a report of lvmToZfsBackup, bootTest, pruneSnapshots, replicate, restoreImages, verifyBackup',
      }),
    );
  });

  it('does not take a dry run or one of an incomplete target for a success', () => {
    expect(reportToPrometheus({ ...goodRun, dryRun: true })).not.toContain('last_success');
    expect(reportToPrometheus({ ...goodRun, complete: false })).not.toContain('last_success');
  });

  it('is lines of the format, with each metric once and names as they should be', () => {
    for (const report of [goodRun, failedRun, hostileRun, verified, booted, replicated, pruned]) {
      const lines = reportToPrometheus(report).split('\n').slice(0, -1);
      const label = '[a-z]+="(?:[^"\\\\\n]|\\\\["\\\\n])*"';
      const sample = new RegExp(`^quiesce_[a-z_]+\\{${label}(?:,${label})*\\} -?[0-9.]+$`);
      for (const line of lines.filter((one) => !one.startsWith('#'))) expect(line).toMatch(sample);
      const types = lines.filter((line) => line.startsWith('# TYPE'));
      expect(new Set(types).size).toBe(types.length);
    }
    expect(reportToPrometheus(hostileRun)).toContain('\\"\'&{}\\\\\\\\x0a');
  });
});

describe('writePrometheus', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'quiesce-prometheus-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('writes a file that everybody may read, and leaves no other', async () => {
    const file = await writePrometheus(goodRun, { folder });
    expect(file).toBe(path.join(folder, 'quiesce_backup.prom'));
    expect(await readFile(file, 'utf8')).toBe(reportToPrometheus(goodRun));
    expect((await stat(file)).mode & 0o777).toBe(0o644);
    expect(await readdir(folder)).toEqual(['quiesce_backup.prom']);
  });

  it('keeps when the last success was', async () => {
    await writePrometheus(goodRun, { folder });
    await writePrometheus(failedRun, { folder });
    const file = await writePrometheus(failedRun, { folder });
    const text = await readFile(file, 'utf8');
    expect(text).toContain(`${lastSuccess} ${String(goodRun.endedAt.getTime() / 1000)}\n`);
    expect(text).toContain('quiesce_backup_success{target="archives/backups"} 0\n');
  });

  it('takes the last success of no other target', async () => {
    await writePrometheus({ ...goodRun, target: 'archives/other' }, { folder });
    expect(await readFile(await writePrometheus(failedRun, { folder }), 'utf8')).not.toContain(lastSuccess);
  });

  it('writes a file for each recipe, and keeps when that last succeeded', async () => {
    const good: VerifyReport = { ...verified, outcome: 'success', endedAt: new Date(4000) };
    await writePrometheus(goodRun, { folder });
    await writePrometheus(good, { folder });
    const file = await writePrometheus(verified, { folder });
    expect(path.basename(file)).toBe('quiesce_verify.prom');
    expect(await readFile(file, 'utf8')).toContain(
      'quiesce_verify_last_success_timestamp_seconds{target="archives/backups"} 4\n',
    );
    expect((await readdir(folder)).toSorted()).toEqual(['quiesce_backup.prom', 'quiesce_verify.prom']);
  });

  it('has labels of the caller, and knows its last success by them', async () => {
    await writePrometheus(goodRun, { folder, labels: { host: 'hv1' } });
    const file = await writePrometheus(failedRun, { folder, labels: { host: 'hv1' } });
    const known = 'quiesce_backup_last_success_timestamp_seconds{target="archives/backups",host="hv1"}';
    expect(await readFile(file, 'utf8')).toContain(`${known} ${String(goodRun.endedAt.getTime() / 1000)}`);
    await writePrometheus(failedRun, { folder, labels: { host: 'hv2' } });
    expect(await readFile(file, 'utf8')).not.toContain('last_success');
    for (const label of ['target', '1st', '__name__', 'a-b']) {
      expect(() => reportToPrometheus(goodRun, { labels: { [label]: 'x' } })).toThrow(InvalidArgumentError);
    }
  });

  it('leaves nothing behind where it can not replace the file', async () => {
    await mkdir(path.join(folder, 'quiesce_backup.prom'));
    await expect(writePrometheus(goodRun, { folder })).rejects.toThrow('EISDIR');
    expect(await readdir(folder)).toEqual(['quiesce_backup.prom']);
    await expect(writePrometheus(goodRun, { folder: path.join(folder, 'missing') })).rejects.toThrow('ENOENT');
    await writeFile(path.join(folder, 'file'), '');
    await expect(writePrometheus(goodRun, { folder: path.join(folder, 'file') })).rejects.toThrow('ENOTDIR');
    expect(await readdir(folder)).toEqual(['file', 'quiesce_backup.prom']);
  });

  it.each(['../x.prom', 'x', '.x.prom', 'a/b.prom', ''])('refuses the name %j', async (name) => {
    await expect(writePrometheus(goodRun, { folder, name })).rejects.toSatisfy((error) =>
      InvalidArgumentError.isInstance(error),
    );
    expect(await readdir(folder)).toEqual([]);
  });
});
