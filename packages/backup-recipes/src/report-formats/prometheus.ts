import { InvalidArgumentError } from '@quiesce/command';
import type { BackupReport } from '../lvm-to-zfs-backup/report/report.js';
import { visible } from './format.js';
import { copiesOf } from './parts.js';

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  /** Left out where it is not known. */
  readonly value: number | undefined;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** A line feed is visible by then. */
function escapeLabel(value: string): string {
  return visible(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** The name of a series. */
export function seriesOf(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}{${pairs.join(',')}}`;
}

const ownLabels = ['target', 'guest', 'source', 'volume', 'fatal'];

/** The labels that every metric has. */
export function commonLabels({ target }: Pick<BackupReport, 'target'>, labels: Labels = {}): Labels {
  const wrong = Object.keys(labels).find(
    (name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name.startsWith('__') || ownLabels.includes(name),
  );
  if (wrong !== undefined) {
    const expected = `letters, digits and _ , without __ in front, and none of ${ownLabels.join(', ')}`;
    throw new InvalidArgumentError({ argument: 'labels', value: wrong, expected });
  }
  return { target, ...labels };
}

function isKnown({ value }: Sample): boolean {
  return value !== undefined && Number.isFinite(value);
}

function render({ help, name, samples }: Metric): string[] {
  const known = samples.filter(isKnown);
  if (known.length === 0) return [];
  const lines = known.map(({ labels, value }) => `${seriesOf(name, labels)} ${String(value)}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);
const flag = (value: boolean): number => (value ? 1 : 0);

function metricsOf(report: BackupReport, lastSuccess: Date | undefined, common: Labels): Metric[] {
  const { complete, domains, durationMs, endedAt, leftovers, outcome, problems, volumes } = report;
  const one = (name: string, help: string, value: number | undefined): Metric => ({
    ...{ name: `quiesce_backup_${name}`, help, samples: [{ labels: common, value }] },
  });
  const each = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    ...{ name: `quiesce_backup_${name}`, help },
    samples: samples.map(({ labels, value }) => ({ labels: { ...common, ...labels }, value })),
  });
  const copies = copiesOf(report);
  const fatal = problems.filter((problem) => problem.fatal).length;
  const at = (moment: Date | undefined): number | undefined => seconds(moment?.getTime());
  return [
    one('last_run_timestamp_seconds', 'When the last run ended.', at(endedAt)),
    one('last_success_timestamp_seconds', 'When the last run ended that left the target complete.', at(lastSuccess)),
    one('success', 'Whether the last run did all that it should.', flag(outcome === 'success')),
    one('complete', 'Whether the whole target can be restored from.', flag(complete)),
    one('duration_seconds', 'How long the last run took.', seconds(durationMs)),
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
    each('problems', 'Problems of the last run; a fatal one makes it a failure.', [
      { labels: { fatal: 'true' }, value: fatal },
      { labels: { fatal: 'false' }, value: problems.length - fatal },
    ]),
    one('leftovers', 'What the last run could not undo.', leftovers.length),
  ];
}

/** What {@link reportToPrometheus} takes beside the report. */
export interface ReportToPrometheusOptions {
  /**
   * When a run ended last that left the target complete, for a report of one that did not. Without
   * it such a report has no metric of that name. {@link writePrometheus} takes it from the file
   * that it replaces.
   */
  readonly lastSuccess?: Date | undefined;
  /**
   * Labels of your own that every metric gets, as `{ host: 'hv1' }`: where one exporter tells of
   * several hosts, whose targets may have one name.
   */
  readonly labels?: Labels | undefined;
}

/** Whether a report counts as the last success. */
export function isSuccess({ complete, dryRun, outcome }: BackupReport): boolean {
  return outcome === 'success' && complete && !dryRun;
}

/**
 * The report of a backup as metrics of Prometheus, in its text format: when it last succeeded, how
 * long it took, how long each guest was paused, bytes, how full snapshots were, problems. Names
 * begin with `quiesce_backup_`, units are seconds, bytes and ratios, and each metric has the label
 * `target`. What is not known is left out.
 *
 * @throws `InvalidArgumentError` for a label that is none, or one of the metrics' own.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * console.log(reportToPrometheus(parseReport(await readFile('report.json', 'utf8'))));
 * ```
 */
export function reportToPrometheus(report: BackupReport, options: ReportToPrometheusOptions = {}): string {
  const { labels, lastSuccess } = options;
  const metrics = metricsOf(report, isSuccess(report) ? report.endedAt : lastSuccess, commonLabels(report, labels));
  return `${metrics.flatMap(render).join('\n')}\n`;
}
