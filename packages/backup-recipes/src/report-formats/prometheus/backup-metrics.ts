import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import { copiesOf } from '../parts.js';
import { flag, seconds, type Metric, type MetricMaker } from './metric.js';

/** What only a backup has to tell. */
export function backupMetrics(report: BackupReport, { each, one }: MetricMaker): Metric[] {
  const { complete, domains, leftovers, volumes } = report;
  const copies = copiesOf(report);
  return [
    one('complete', 'Whether the whole target can be restored from.', flag(complete)),
    each('guest_paused_seconds', 'For how long a guest was paused.', [
      ...domains.map(({ name, pausedMs }) => ({ labels: { guest: name }, value: seconds(pausedMs) })),
    ]),
    each('guest_running', 'Whether a guest that was paused was seen running again.', [
      ...domains.map(({ name, runningAfter }) => ({
        labels: { guest: name },
        value: runningAfter === undefined ? undefined : flag(runningAfter),
      })),
    ]),
    each('copy_size_bytes', 'Size of all files of a source.', [
      ...copies.map(({ copy, source }) => ({ labels: { source }, value: copy?.stats?.totalFileSizeBytes })),
    ]),
    each('copy_written_bytes', 'What of them had to be written.', [
      ...copies.map(({ copy, source }) => ({ labels: { source }, value: copy?.stats?.literalBytes })),
    ]),
    each('copy_duration_seconds', 'How long copying a source took.', [
      ...copies.map(({ copy, source }) => ({ labels: { source }, value: seconds(copy?.durationMs) })),
    ]),
    each('volume_complete', 'Whether the copy of a volume holds every byte of it.', [
      ...volumes.map((volume) => ({ labels: { volume: volume.volume }, value: flag(volume.complete) })),
    ]),
    each('snapshot_used_ratio', 'How full the LVM snapshot of a volume was after the copy, from 0 to 1.', [
      ...volumes.map(({ snapshotUsedPercent, volume }) => ({
        labels: { volume },
        value: snapshotUsedPercent === undefined ? undefined : snapshotUsedPercent / 100,
      })),
    ]),
    one('leftovers', 'What the last run could not undo.', leftovers.length),
  ];
}
