import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InvalidArgumentError } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportToPrometheus } from './prometheus.js';
import { failedRun, goodRun, hostileRun } from './testing/reports.js';
import { writePrometheus } from './write-prometheus.js';

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
      # HELP quiesce_backup_complete Whether the whole target can be restored from.
      # TYPE quiesce_backup_complete gauge
      quiesce_backup_complete{target="archives/backups"} 1
      # HELP quiesce_backup_duration_seconds How long the last run took.
      # TYPE quiesce_backup_duration_seconds gauge
      quiesce_backup_duration_seconds{target="archives/backups"} 32.741
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
      # HELP quiesce_backup_problems Problems of the last run; a fatal one makes it a failure.
      # TYPE quiesce_backup_problems gauge
      quiesce_backup_problems{target="archives/backups",fatal="true"} 0
      quiesce_backup_problems{target="archives/backups",fatal="false"} 0
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

  it('does not take a dry run or one of an incomplete target for a success', () => {
    expect(reportToPrometheus({ ...goodRun, dryRun: true })).not.toContain('last_success');
    expect(reportToPrometheus({ ...goodRun, complete: false })).not.toContain('last_success');
  });

  it('is lines of the format, with each metric once and names as they should be', () => {
    for (const report of [goodRun, failedRun, hostileRun]) {
      const lines = reportToPrometheus(report).split('\n').slice(0, -1);
      const label = '[a-z]+="(?:[^"\\\\\n]|\\\\["\\\\n])*"';
      const sample = new RegExp(`^quiesce_backup_[a-z_]+\\{${label}(?:,${label})*\\} -?[0-9.]+$`);
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
