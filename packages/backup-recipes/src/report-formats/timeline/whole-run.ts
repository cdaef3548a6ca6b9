import type { BackupReport, BackupStep, DomainReport, VolumeReport } from '../../lvm-to-zfs-backup/report/report.js';
import { formatBytes, formatDuration } from '../format.js';
import { bytesPerSecond } from '../parts.js';
import type { Bar, BarKind, Lane, Panel, Row } from './panel.js';

const mostProblems = 12;

/** The bars of steps. */
export function stepBars(
  { steps }: BackupReport,
  kind: BarKind,
  wanted: readonly BackupStep[],
  subject?: string,
): Bar[] {
  return steps
    .filter((one) => wanted.includes(one.step) && (subject === undefined || one.subject === subject))
    .map(({ durationMs, startedMs, state, step }) => ({
      ...{ kind, what: step, fromMs: startedMs, toMs: startedMs + durationMs, failed: state === 'failed' },
    }));
}

/** A lane, if there is anything on it. */
export function laneOf(text: string, bars: readonly Bar[]): Lane[] {
  return bars.length === 0 ? [] : [{ text, bars }];
}

/** When a guest was paused. One that was not seen running since is so to the end of the run. */
export function pauseOf(report: BackupReport, { resumedAt, suspendedAt }: DomainReport): Bar | undefined {
  if (suspendedAt === undefined) return undefined;
  const since = (moment: Date): number => moment.getTime() - report.startedAt.getTime();
  const toMs = resumedAt === undefined ? report.durationMs : since(resumedAt);
  return { kind: 'pause', what: 'paused', fromMs: since(suspendedAt), toMs, failed: resumedAt === undefined };
}

/** What became of a guest, in words. */
export function pauseText({ pausedMs, stateBefore, suspended }: DomainReport): string {
  if (pausedMs !== undefined) return `paused for ${formatDuration(pausedMs)}, then seen running`;
  return suspended ? '✗ paused, and not seen running since' : `not paused; it was ${stateBefore}`;
}

function took(bars: readonly Bar[]): string {
  return formatDuration(bars.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0));
}

function copyLane(copy: VolumeReport['copy']): Lane[] {
  if (copy === undefined) return [];
  const { durationMs, outcome, startedMs, stats } = copy;
  const rate = bytesPerSecond(copy);
  const written =
    stats === undefined ? '' : `: ${formatBytes(stats.literalBytes)} of ${formatBytes(stats.totalFileSizeBytes)} new`;
  const failed = outcome !== 'success';
  const text = [
    failed ? `✗ copy ${outcome} after ${formatDuration(durationMs)}` : `copy ${formatDuration(durationMs)}${written}`,
    ...(rate === undefined ? [] : [`${formatBytes(rate)}/s`]),
  ].join(', ');
  return [{ text, bars: [{ kind: 'copy', what: 'copy', fromMs: startedMs, toMs: startedMs + durationMs, failed }] }];
}

function snapshotLane(report: BackupReport, volume: VolumeReport): Lane[] {
  const { snapshotRemoved, snapshotRemovedMs, snapshotStartedMs, snapshotUsedPercent } = volume;
  if (snapshotStartedMs === undefined) return [];
  const toMs = snapshotRemovedMs ?? report.durationMs;
  const failed = snapshotRemoved === false;
  const full = snapshotUsedPercent === undefined ? '' : `, ${snapshotUsedPercent.toFixed(1)} % full`;
  const text = `${failed ? '✗ snapshot, STILL THERE after' : 'snapshot for'} ${formatDuration(toMs - snapshotStartedMs)}${full}`;
  const bar = { kind: 'snapshot', what: 'snapshot', fromMs: snapshotStartedMs, toMs, failed } as const;
  return [{ text, bars: [{ ...bar, fillPercent: snapshotUsedPercent }] }];
}

function volumeRow(report: BackupReport, volume: VolumeReport): Row {
  const path = volume.volume;
  const around = stepBars(report, 'ready', ['check', 'mount', 'unmount', 'remove'], path);
  const checksums = stepBars(report, 'checksums', ['checksums'], path);
  const verify = stepBars(report, 'verify', ['verify'], path);
  const { verification } = volume;
  const differences = verification?.differences ?? 0;
  const compared =
    verification === undefined ? '' : `, ${differences === 0 ? 'equal' : `${String(differences)} differ`}`;
  const sign = (bars: readonly Bar[]): string => (bars.some(({ failed }) => failed) ? '✗ ' : '');
  return {
    name: `${path}: ${volume.complete ? 'whole' : `${volume.outcome}, not whole`}`,
    lanes: [
      ...snapshotLane(report, volume),
      ...laneOf(`${sign(around)}check, mount, unmount, remove: ${took(around)}`, around),
      ...copyLane(volume.copy),
      ...laneOf(`${sign(checksums)}checksums: ${took(checksums)}`, checksums),
      ...laneOf(`${sign(verify)}compared: ${took(verify)}${compared}`, verify),
    ],
  };
}

function problemRow({ problems }: BackupReport): Row {
  const shown = problems.slice(0, mostProblems).map(({ fatal, startedMs, step, subject }, index) => {
    const what = fatal ? 'failed' : 'warning';
    const bar = { kind: 'problem', what, fromMs: startedMs, toMs: startedMs, failed: fatal } as const;
    return { text: `${fatal ? '✗' : '!'} ${String(index + 1)}: ${step} ${subject}`, bars: [bar] };
  });
  const more = problems.length - shown.length;
  return { name: 'Problems', lanes: [...shown, ...(more > 0 ? [{ text: `and ${String(more)} more`, bars: [] }] : [])] };
}

/** The whole run: what it did for whom, and when. */
export function wholeRun(report: BackupReport): Panel {
  const ready = stepBars(report, 'ready', ['reconcile', 'preflight', 'prepare']);
  const zfs = stepBars(report, 'zfs', ['zfs-snapshot']);
  const guests = report.domains.map((domain) => {
    const bar = pauseOf(report, domain);
    return { name: domain.name, lanes: [{ text: pauseText(domain), bars: bar === undefined ? [] : [bar] }] };
  });
  const rows: Row[] = [
    { name: 'Before the pause', lanes: laneOf('look at the host, make ready', ready) },
    ...guests,
    { name: report.zfsSnapshot.name, lanes: laneOf(`ZFS snapshot: ${took(zfs)}`, zfs) },
    ...report.volumes.map((volume) => volumeRow(report, volume)),
    ...report.hostRoot.map((copy) => ({ name: `${copy.source} of the host`, lanes: copyLane(copy) })),
    problemRow(report),
  ].filter(({ lanes }) => lanes.length > 0);
  const ends = rows.flatMap(({ lanes }) => lanes.flatMap(({ bars }) => bars.map(({ toMs }) => toMs)));
  const toMs = Math.max(1, report.durationMs, ...ends);
  return { name: `The whole run: ${formatDuration(report.durationMs)}`, fromMs: 0, toMs, zeroMs: 0, rows };
}
