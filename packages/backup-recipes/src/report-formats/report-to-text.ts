import type { BackupReport } from '../lvm-to-zfs-backup/report/report.js';
import type { RecipeReport } from '../recipe-report.js';
import { bytesPerSecond, copiesOf, headlineOf, isBackupReport, remediesOf, type Tone } from './parts.js';
import { formatBytes, formatDuration, formatMoment, visible } from './format.js';
import { layOutTable, wrap } from './lay-out.js';

/** How {@link reportToText} writes. */
export interface ReportToTextOptions {
  /**
   * How wide the terminal is, in characters. Tables that are wider become paragraphs. Commands and
   * paths are never broken.
   * @default 80
   */
  readonly columns?: number;
  /**
   * Colours for terminals (ANSI). What they say stands there as words too.
   * @default false
   */
  readonly color?: boolean;
}

const codes = { good: '32', warning: '33', bad: '31', bold: '1' } as const;

type Paint = (style: keyof typeof codes, text: string) => string;

function guestLines({ domains }: BackupReport, columns: number): string[] {
  if (domains.length === 0) return ['No guest was listed.'];
  const rows = domains.map(({ name, stateBefore, flushed, suspended, pausedMs, runningAfter }) => {
    const paused = pausedMs !== undefined ? formatDuration(pausedMs) : suspended ? 'not known' : 'not paused';
    const after = runningAfter === undefined ? '' : runningAfter ? 'running' : 'NOT SEEN RUNNING';
    return [name, stateBefore, flushed ? 'yes' : 'no', paused, after].map(visible);
  });
  const headings = [
    { heading: 'guest' },
    { heading: 'before' },
    { heading: 'told to flush' },
    { heading: 'paused for', isNumber: true },
    { heading: 'after' },
  ];
  return layOutTable(headings, rows, columns);
}

function copyLines(report: BackupReport, columns: number): string[] {
  const rows = copiesOf(report).map(({ copy, outcome, source }) => {
    const { stats } = copy ?? {};
    const rate = copy && bytesPerSecond(copy);
    return [
      source,
      outcome,
      ...[stats?.totalFileSizeBytes, stats?.literalBytes].map((bytes) =>
        bytes === undefined ? '' : formatBytes(bytes),
      ),
      copy === undefined ? '' : formatDuration(copy.durationMs),
      rate === undefined ? '' : `${formatBytes(rate)}/s`,
    ].map(visible);
  });
  const headings = [
    { heading: 'copied' },
    { heading: 'outcome' },
    { heading: 'size', isNumber: true },
    { heading: 'written', isNumber: true },
    { heading: 'time', isNumber: true },
    { heading: 'rate', isNumber: true },
  ];
  return layOutTable(headings, rows, columns);
}

function snapshotLines({ volumes }: BackupReport, columns: number): string[] {
  const rows = volumes.map(
    ({
      complete,
      snapshotRemoved,
      snapshotStartedMs,
      snapshotRemovedMs,
      snapshotUsedPercent,
      verification,
      volume,
    }) => {
      const isWhole = snapshotStartedMs !== undefined && snapshotRemovedMs !== undefined;
      const removed = snapshotRemoved === undefined ? 'not made' : snapshotRemoved ? 'removed' : 'STILL THERE';
      const { bytes, differences } = verification ?? { bytes: 0, differences: 0 };
      return [
        volume,
        removed,
        snapshotUsedPercent === undefined ? '' : `${snapshotUsedPercent.toFixed(1)} %`,
        isWhole ? formatDuration(snapshotRemovedMs - snapshotStartedMs) : '',
        verification === undefined
          ? 'no'
          : `${formatBytes(bytes)}, ${differences === 0 ? 'equal' : `${String(differences)} DIFFER`}`,
        complete ? 'yes' : 'NO',
      ].map(visible);
    },
  );
  const headings = [
    { heading: 'snapshot of' },
    { heading: 'now' },
    { heading: 'full', isNumber: true },
    { heading: 'lived', isNumber: true },
    { heading: 'compared' },
    { heading: 'whole' },
  ];
  return layOutTable(headings, rows, columns);
}

function zfsLine({ zfsSnapshot: { holdsCompleteRun, holdsRun, made, name } }: BackupReport): string {
  if (!made) return `${name} was not made.`;
  if (holdsRun === undefined) return `${name} holds what the target held before: no run is known.`;
  return `${name} holds run ${holdsRun}, which was ${holdsCompleteRun === true ? 'whole' : 'NOT whole'}.`;
}

function backupLines(report: BackupReport, columns: number): string[][] {
  return [
    guestLines(report, columns),
    copyLines(report, columns),
    ...(report.volumes.length === 0 ? [] : [snapshotLines(report, columns)]),
    wrap(visible(zfsLine(report)), columns),
  ];
}

function stepLines({ steps }: RecipeReport, columns: number): string[] {
  const rows = steps.map(({ durationMs, state, step, subject }) =>
    [step, subject, state, formatDuration(durationMs)].map(visible),
  );
  const headings = [{ heading: 'step' }, { heading: 'of' }, { heading: 'state' }, { heading: 'time', isNumber: true }];
  return rows.length === 0 ? [] : layOutTable(headings, rows, columns);
}

function problemLines({ problems }: RecipeReport, columns: number, paint: Paint): string[] {
  return problems.flatMap(({ error, fatal, message, step, subject }) => {
    const tone: Tone = fatal ? 'bad' : 'warning';
    const word = fatal ? 'failed' : 'warning';
    const [first = '', ...others] = wrap(visible(`${word}: ${step} ${subject}: ${message} (${error})`), columns, '  ');
    return [first.replace(word, paint(tone, word)), ...others];
  });
}

function remedyLines(report: RecipeReport, paint: Paint): string[] {
  const left = remediesOf(report);
  if (left.length === 0) return [];
  return [
    paint('bad', 'Left over; to undo it, type:'),
    ...left.flatMap(({ kind, name, remedy }) => [`  # ${visible(`${kind} ${name}`)}`, `  ${visible(remedy)}`]),
  ];
}

/**
 * A report for people: on a terminal, in a log or in a mail. It is that of a backup or of any other
 * recipe. Control characters in names and messages are made visible.
 *
 * @returns lines that end with a line feed each.
 *
 * @example
 * ```ts
 * const report = await lvmToZfsBackup({
 *   domains: ['MySQL'],
 *   volumes: ['/dev/SSD/images'],
 *   target: 'archives/backups',
 * }).run();
 * process.stdout.write(reportToText(report, { columns: process.stdout.columns }));
 * ```
 */
export function reportToText(report: RecipeReport | BackupReport, options: ReportToTextOptions = {}): string {
  const { color = false } = options;
  // A terminal that does not know its width says 0.
  const columns = options.columns === undefined || options.columns < 20 ? 80 : options.columns;
  const paint: Paint = (style, text) => (color ? `\x1b[${codes[style]}m${text}\x1b[0m` : text);
  const { tone, word, text } = headlineOf(report);
  const isBackup = isBackupReport(report);
  const about = isBackup ? `run ${report.runId} to ${report.target}` : report.recipe;
  const when = `${formatMoment(report.startedAt)}, for ${formatDuration(report.durationMs)}`;
  const headline = wrap(visible(`${word}: ${text}`), columns).map((line) => paint(tone, line));
  const parts = [
    [...headline, ...wrap(visible(`${about}, ${when}`), columns)],
    ...(isBackup ? backupLines(report, columns) : [stepLines(report, columns)]),
    problemLines(report, columns, paint),
    remedyLines(report, paint),
  ].filter((lines) => lines.length > 0);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
