import type { BackupReport, CopyReport } from '@quiesce/backup-recipes';
import { formatBytes, formatDuration, formatTable } from './format.js';

/** A report for people. */
export function reportLines(report: BackupReport): string[] {
  const { outcome, durationMs, runId, problems, leftovers } = report;
  const indent = (lines: readonly string[]): string[] => ['', ...lines.map((line) => `  ${line}`)];
  return [
    `${outcome} in ${formatDuration(durationMs)} (run ${runId})`,
    ...indent(guestLines(report)),
    ...indent(copyLines(report)),
    ...(problems.length === 0 ? [] : indent(problemLines(report))),
    ...(leftovers.length === 0
      ? []
      : indent(['left over:', ...leftovers.map(({ kind, name, remedy }) => `${kind} ${name}: ${remedy}`)])),
  ];
}

function guestLines({ domains }: BackupReport): string[] {
  const rows = domains.map(({ name, stateBefore, flushed, pausedMs, runningAfter }) => {
    const paused = pausedMs === undefined ? 'not' : formatDuration(pausedMs);
    const after = runningAfter === undefined ? '' : runningAfter ? 'running' : 'NOT running';
    return [name, stateBefore, flushed ? 'yes' : 'no', paused, after];
  });
  const heading = ['guest', 'before', 'told to flush', 'paused for', 'after'];
  return formatTable(['left', 'left', 'left', 'right', 'left'], [heading, ...rows]);
}

function copyLines({ volumes, hostRoot }: BackupReport): string[] {
  const row = (source: string, outcome: string, copy: CopyReport | undefined): string[] => {
    const { stats, folder = '', durationMs } = copy ?? {};
    const bytes = stats && [stats.totalFileSizeBytes, stats.literalBytes, stats.matchedBytes].map(formatBytes);
    const time = durationMs === undefined ? '' : formatDuration(durationMs);
    return [source, folder, outcome, ...(bytes ?? ['', '', '']), time];
  };
  const rows = [
    ...volumes.map(({ volume, outcome, copy }) => row(volume, outcome, copy)),
    ...hostRoot.map((copy) => row(`files of the host: ${copy.source}`, copy.outcome, copy)),
  ];
  const heading = ['source', 'copied to', 'outcome', 'size', 'literal', 'matched', 'time'];
  return [
    ...formatTable(['left', 'left', 'left', 'right', 'right', 'right', 'right'], [heading, ...rows]),
    'literal: sent and written, because it was not there; matched: in changed files, but there already',
  ];
}

function problemLines({ problems }: BackupReport): string[] {
  return problems.map(({ step, subject, message, error, fatal }) => {
    return `${fatal ? 'failed' : 'warning'}: ${step} ${subject}: ${message} (${error})`;
  });
}
