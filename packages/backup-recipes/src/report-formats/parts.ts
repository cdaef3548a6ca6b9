import type { BackupReport, CopyReport, Outcome } from '../lvm-to-zfs-backup/report/report.js';
import type { RecipeReport } from '../recipe-report.js';
import { counted, formatMoment } from './format.js';

/** How good the news is. */
export type Tone = 'good' | 'warning' | 'bad';

/** The one line that tells how a run ended. */
export interface Headline {
  readonly tone: Tone;
  /** The tone as a word. */
  readonly word: 'OK' | 'WARNING' | 'FAILED' | 'ABORTED';
  readonly text: string;
}

/** Whether a report is that of a backup. */
export function isBackupReport(report: RecipeReport): report is BackupReport {
  return report.recipe === 'lvmToZfsBackup';
}

function wordOf(outcome: Outcome, tone: Tone): Headline['word'] {
  if (outcome === 'aborted') return 'ABORTED';
  if (outcome === 'failed') return 'FAILED';
  return tone === 'good' ? 'OK' : 'WARNING';
}

function backupText(report: BackupReport): string {
  const { complete, dryRun, outcome } = report;
  if (outcome === 'success') {
    if (dryRun) return 'dry run: nothing was changed, nothing was copied';
    return complete ? 'backup complete' : 'this run copied all of its own, another folder of the target is torn';
  }
  const what = outcome === 'aborted' ? 'backup aborted' : 'backup failed';
  return complete ? `${what}, with every byte copied: something could not be tidied up` : what;
}

/** How a run ended, in a line. */
export function headlineOf(report: RecipeReport): Headline {
  const { outcome, problems, recipe } = report;
  const warnings = problems.filter(({ fatal }) => !fatal).length;
  const isBackup = isBackupReport(report);
  const isWhole = !isBackup || report.complete;
  const tone = outcome !== 'success' ? 'bad' : isWhole && warnings === 0 ? 'good' : 'warning';
  const text = isBackup ? backupText(report) : `${recipe}: ${outcome}`;
  const and = warnings === 0 ? '' : `, with ${counted(warnings, 'warning')}`;
  return { tone, word: wordOf(outcome, tone), text: `${text}${and}` };
}

/** Something that is left, with what to type. */
export interface Remedy {
  readonly kind: string;
  readonly name: string;
  readonly remedy: string;
}

const urgency = ['domain', 'unit', 'mount', 'lvm-snapshot', 'folder'];

/** What is left of a run, guests first. */
export function remediesOf(report: RecipeReport): readonly Remedy[] {
  const { left, leftovers } = report as { left?: readonly Remedy[]; leftovers?: readonly Remedy[] };
  const rank = ({ kind }: Remedy): number => (urgency.includes(kind) ? urgency.indexOf(kind) : urgency.length);
  return [...(leftovers ?? left ?? [])].sort((one, other) => rank(one) - rank(other));
}

/** One copy of a run: of a volume, or of the host's own files. */
export interface Copied {
  readonly source: string;
  /** Folder below the target. Undefined where it did not come to copying. */
  readonly folder: string | undefined;
  readonly outcome: Outcome;
  readonly copy: CopyReport | undefined;
}

/** Every copy of a run. */
export function copiesOf({ hostRoot, volumes }: BackupReport): Copied[] {
  const nameOf = (copy: CopyReport | undefined): string | undefined => copy?.folder.split('/').at(-1);
  return [
    ...volumes.map(({ copy, outcome, volume }) => ({ source: volume, folder: nameOf(copy), outcome, copy })),
    ...hostRoot.map((copy) => ({
      ...{ source: `host: ${copy.source}`, folder: nameOf(copy), outcome: copy.outcome, copy },
    })),
  ];
}

/**
 * What of changed files was gone through in a second, in bytes: most of it is there already.
 * Undefined where it is not known.
 */
export function bytesPerSecond({ durationMs, stats }: CopyReport): number | undefined {
  return stats === undefined || durationMs <= 0
    ? undefined
    : ((stats.literalBytes + stats.matchedBytes) * 1000) / durationMs;
}

/** A run by its id, with the time that is in it. */
export function runName(runId: string): string {
  const seconds = Number(/^(\d{1,11})-/.exec(runId)?.[1]);
  return Number.isNaN(seconds) ? `run ${runId}` : `run ${runId} of ${formatMoment(new Date(seconds * 1000))}`;
}
