import { InvalidArgumentError } from '@quiesce/command';
import type { BootReport } from '../../boot-test/report.js';
import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import type { PruneReport } from '../../prune-snapshots/report.js';
import type { ReplicateReport } from '../../replicate/report.js';
import type { RestoreReport } from '../../restore-images/report.js';
import type { VerifyReport } from '../../verify-backup/report.js';
import { backupMetrics } from './backup-metrics.js';
import {
  at,
  checkLabels,
  flag,
  metricMaker,
  render,
  seconds,
  type Labels,
  type Metric,
  type MetricMaker,
} from './metric.js';
import { pruneMetrics, replicateMetrics, verifyMetrics } from './other-metrics.js';

/** The reports that {@link reportToPrometheus} makes metrics of. */
export type MeasuredReport = BackupReport | BootReport | PruneReport | ReplicateReport | RestoreReport | VerifyReport;

const prefixes: Readonly<Record<MeasuredReport['recipe'], string>> = {
  lvmToZfsBackup: 'quiesce_backup',
  bootTest: 'quiesce_boot_test',
  pruneSnapshots: 'quiesce_prune',
  replicate: 'quiesce_replicate',
  restoreImages: 'quiesce_restore',
  verifyBackup: 'quiesce_verify',
};

/** What the names of a report's metrics begin with. */
export function prefixOf({ recipe }: Pick<MeasuredReport, 'recipe'>): string {
  if (!Object.hasOwn(prefixes, recipe)) {
    const expected = `a report of ${Object.keys(prefixes).join(', ')}`;
    throw new InvalidArgumentError({ argument: 'report', value: recipe, expected });
  }
  return prefixes[recipe];
}

/** The labels that every metric of a report has. */
export function commonLabels(report: MeasuredReport, labels: Labels = {}): Labels {
  return {
    target: report.target,
    ...(report.recipe === 'bootTest' && { guest: report.guest }),
    ...(report.recipe === 'replicate' && { copy: report.copy }),
    ...checkLabels(labels),
  };
}

/** Whether a report counts as the last success. */
export function isSuccess(report: MeasuredReport): boolean {
  const { outcome } = report;
  return outcome === 'success' && (report.recipe !== 'lvmToZfsBackup' || (report.complete && !report.dryRun));
}

function ownMetrics(report: MeasuredReport, maker: MetricMaker): Metric[] {
  switch (report.recipe) {
    case 'lvmToZfsBackup':
      return backupMetrics(report, maker);
    case 'pruneSnapshots':
      return pruneMetrics(report, maker);
    case 'replicate':
      return replicateMetrics(report, maker);
    case 'verifyBackup':
      return verifyMetrics(report, maker);
    case 'bootTest':
    case 'restoreImages':
      return [];
  }
}

function metricsOf(report: MeasuredReport, lastSuccess: Date | undefined, labels: Labels | undefined): Metric[] {
  const { durationMs, endedAt, outcome, problems, recipe } = report;
  const maker = metricMaker(prefixOf(report), commonLabels(report, labels));
  const { each, one } = maker;
  const good = recipe === 'lvmToZfsBackup' ? 'left the target complete' : 'did all that it should';
  const fatal = problems.filter((problem) => problem.fatal).length;
  return [
    one('last_run_timestamp_seconds', 'When the last run ended.', at(endedAt)),
    one('last_success_timestamp_seconds', `When the last run ended that ${good}.`, at(lastSuccess)),
    one('success', 'Whether the last run did all that it should.', flag(outcome === 'success')),
    one('duration_seconds', 'How long the last run took.', seconds(durationMs)),
    each('problems', 'Problems of the last run; a fatal one makes it a failure.', [
      { labels: { fatal: 'true' }, value: fatal },
      { labels: { fatal: 'false' }, value: problems.length - fatal },
    ]),
    ...ownMetrics(report, maker),
  ];
}

/** What {@link reportToPrometheus} takes beside the report. */
export interface ReportToPrometheusOptions {
  /**
   * When a run ended last that succeeded, for a report of one that did not. Without it such a
   * report has no metric of that name. {@link writePrometheus} takes it from the file that it
   * replaces.
   */
  readonly lastSuccess?: Date | undefined;
  /**
   * Labels of your own that every metric gets, as `{ host: 'hv1' }`: where one exporter tells of
   * several hosts, whose targets may have one name.
   */
  readonly labels?: Labels | undefined;
}

/**
 * The report of a backup, or of what comes after one, as metrics of Prometheus in its text format:
 * when it last succeeded, how long it took, problems; of a backup how long each guest was paused,
 * bytes, how full snapshots were; of a verification what was found whole and how the pool is.
 *
 * Names begin with `quiesce_backup_`, `quiesce_verify_`, `quiesce_boot_test_`, `quiesce_restore_`,
 * `quiesce_replicate_` or `quiesce_prune_`; units are seconds, bytes and ratios. Each metric has
 * the label `target`, of a boot test also `guest`, of a replication also `copy`. What is not known
 * is left out.
 *
 * @throws `InvalidArgumentError` for the report of another recipe, for a label that is none, or one
 *   of the metrics' own.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * console.log(reportToPrometheus(parseReport(await readFile('report.json', 'utf8'))));
 * ```
 */
export function reportToPrometheus(report: MeasuredReport, options: ReportToPrometheusOptions = {}): string {
  const { labels, lastSuccess } = options;
  const metrics = metricsOf(report, isSuccess(report) ? report.endedAt : lastSuccess, labels);
  return `${metrics.flatMap(render).join('\n')}\n`;
}
