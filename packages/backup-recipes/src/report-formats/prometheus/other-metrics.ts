import type { PruneReport } from '../../prune-snapshots/report.js';
import type { ReplicateReport } from '../../replicate/report.js';
import type { VerifyReport } from '../../verify-backup/report.js';
import { at, flag, type Metric, type MetricMaker } from './metric.js';

/** How many there are of each outcome: also of those that there are none of. */
function counts<Outcome extends string>(
  outcomes: readonly Outcome[],
  found: readonly Outcome[],
): { labels: { outcome: Outcome }; value: number }[] {
  return outcomes.map((outcome) => ({ labels: { outcome }, value: found.filter((one) => one === outcome).length }));
}

const folderOutcomes = ['whole', 'damaged', 'incomplete', 'unknown', 'broken', 'changed', 'failed'] as const;

/** What only a verification has to tell. */
export function verifyMetrics({ backups, pool }: VerifyReport, { each, one }: MetricMaker): Metric[] {
  const folders = backups.flatMap((backup) => backup.folders);
  const differences = folders.reduce((sum, folder) => sum + folder.differences, 0);
  const found = folders.map(({ outcome }) => outcome);
  return [
    each('folders', 'Folders that were compared with their checksums, by what came of it.', [
      ...counts(folderOutcomes, found),
    ]),
    one('differences', 'Names in them that differ.', differences),
    one('pool_online', 'Whether the pool has all of its redundancy.', pool && flag(pool.state === 'ONLINE')),
    one('pool_data_errors', 'Damaged files and blocks of the pool, lost for good.', pool?.dataErrors),
    one('pool_scrubbed_timestamp_seconds', 'When the last scrub of the pool ended.', at(pool?.scrubbedAt)),
  ];
}

/** What only a replication has to tell. */
export function replicateMetrics({ sent, sentBytes }: ReplicateReport, { one }: MetricMaker): Metric[] {
  return [
    one('sent_snapshots', 'Snapshots that the last run brought over.', sent.length),
    one('sent_bytes', 'What went over for them.', sentBytes),
  ];
}

const snapshotOutcomes = ['kept', 'destroyed', 'gone', 'left'] as const;

/** What only pruning has to tell. */
export function pruneMetrics({ freedBytes, snapshots }: PruneReport, { each, one }: MetricMaker): Metric[] {
  const found = snapshots.map(({ outcome }) => outcome);
  return [
    each('snapshots', 'Snapshots of the target, by what became of them.', counts(snapshotOutcomes, found)),
    one('freed_bytes', 'What became free.', freedBytes),
  ];
}
