import { AbortedError, createCommand, PrivilegeError, toShell, TransportError } from '@quiesce/command';
import { virshDomstateCommand } from '@quiesce/virsh';
import { HostBusyError } from '../host-busy-error.js';
import { PreflightError } from '../preflight-error.js';
import { RecipeFailedError } from '../recipe-failed-error.js';
import type { RecipeReport } from '../recipe-report.js';
import { formatDuration, formatMoment, visible } from './format.js';
import { wrap } from './lay-out.js';
import { otherNotice } from './other-recipes.js';
import { headlineOf, isBackupReport, remediesOf } from './parts.js';
import { doubtfulGuests, safeLines } from './safe-lines.js';

interface Notice {
  readonly headline: string;
  readonly happened: readonly string[];
  readonly safe: readonly string[];
  /** Commands, and comments that begin with `#`. */
  readonly type: readonly string[];
}

const untouched = 'This run touched nothing: guests, snapshots and earlier backups are as they were.';

function stateCommand(target: string): string {
  const args = [
    'get',
    '-r',
    '-t',
    'filesystem,snapshot',
    '-o',
    'name,property,value',
    'quiesce:run,quiesce:state',
    target,
  ];
  return toShell(createCommand('zfs', args));
}

function toType(report: RecipeReport): string[] {
  const lines = remediesOf(report).flatMap(({ kind, name, remedy }) => [`# ${kind} ${name} is left over`, remedy]);
  if (!isBackupReport(report)) return [...lines, ...otherNotice(report).type];
  const guests = doubtfulGuests(report).flatMap((domain) => [
    `# how ${domain} is now`,
    toShell(virshDomstateCommand({ domain })),
  ]);
  if (report.outcome === 'success' && report.complete) return [...guests, ...lines];
  return [
    ...guests,
    ...lines,
    '# what can be restored',
    stateCommand(report.target),
    '# Then run the backup again. It first undoes what is left over.',
  ];
}

function noticeOfReport(report: RecipeReport): Notice {
  const { text, word } = headlineOf(report);
  const isBackup = isBackupReport(report);
  const { runId, target } = report as { runId?: string; target?: string };
  const names = [target ?? '', runId === undefined ? '' : `run ${runId}`].filter((name) => name !== '');
  const where = names.map((name) => `${name}, `).join('');
  const when = `${where}begun ${formatMoment(report.startedAt)}, for ${formatDuration(report.durationMs)}`;
  const problems = [...report.problems].sort((one, other) => Number(other.fatal) - Number(one.fatal));
  const happened = problems.map(
    ({ fatal, message, step, subject }) => `${fatal ? '' : 'warning: '}${step} ${subject}: ${message}`,
  );
  return {
    headline: `${word}: ${text} (${when})`,
    happened: happened.length === 0 ? ['Nothing went wrong.'] : happened,
    safe: isBackup ? safeLines(report) : otherNotice(report).safe,
    type: toType(report),
  };
}

function isReport(value: unknown): value is RecipeReport {
  return typeof value === 'object' && value !== null && 'recipe' in value && 'problems' in value && 'steps' in value;
}

function noticeOf(value: unknown): Notice {
  if (RecipeFailedError.isInstance(value)) return noticeOfReport(value.report);
  if (isReport(value)) return noticeOfReport(value);
  const message = value instanceof Error ? value.message : String(value);
  if (HostBusyError.isInstance(value)) {
    const type = [
      '# Try again when the other run has ended. Who holds the lock of the host:',
      'cat /run/quiesce/holder',
    ];
    return { headline: 'BUSY: another run is under way', happened: [message], safe: [untouched], type };
  }
  if (PreflightError.isInstance(value)) {
    const happened = value.problems.map((one) => `${one.option} ${JSON.stringify(one.value)}: ${one.problem}`);
    return { headline: 'FAILED: nothing was begun', happened, safe: [untouched], type: [] };
  }
  const type = ['# Which guests run, once the host can be reached:', 'virsh list --all'];
  if (AbortedError.isInstance(value)) {
    return { headline: 'ABORTED: it was stopped before it had a report', happened: [message], safe: [], type };
  }
  const isUnreachable = TransportError.isInstance(value) || PrivilegeError.isInstance(value);
  const headline = isUnreachable ? 'FAILED: the host or its root can not be reached' : 'FAILED: there is no report';
  const safe = ['A guest that a backup has paused is resumed by the host itself, without this process.'];
  return { headline, happened: [message], safe, type };
}

/** What {@link failureNotice} takes beside what it tells of. */
export interface FailureNoticeOptions {
  /** The host that it happened on, as people call it. The notice begins with it. */
  readonly host?: string | undefined;
}

/**
 * What to send to a person when a recipe failed: what happened, what is safe, and what to type.
 * Guests come first, then whether the target or an earlier run can be restored from, then the
 * commands that undo what is left over. It is plain text of 80 columns; commands are never broken.
 *
 * @param errorOrReport - What `run` of a recipe threw, or a report. Anything else that can be
 *   thrown is told as well as it can be.
 *
 * @example
 * ```ts
 * const backup = lvmToZfsBackup({
 *   domains: ['MySQL'],
 *   volumes: ['/dev/SSD/images'],
 *   target: 'archives/backups',
 * });
 * await backup.run().catch((error: unknown) => {
 *   console.error(failureNotice(error));
 *   process.exitCode = exitCodeOf(error);
 * });
 * ```
 */
export function failureNotice(errorOrReport: unknown, { host }: FailureNoticeOptions = {}): string {
  const { happened, headline, safe, type } = noticeOf(errorOrReport);
  const points = (lines: readonly string[]): string[] =>
    lines.flatMap((line) => wrap(`  - ${visible(line)}`, 80, '    '));
  const parts = [
    wrap(visible(host === undefined ? headline : `${host}: ${headline}`), 80),
    ['What happened', ...points(happened)],
    safe.length === 0 ? [] : ['What is safe', ...points(safe)],
    type.length === 0 ? [] : ['What to type', ...type.map((line) => `  ${visible(line)}`)],
  ].filter((lines) => lines.length > 0);
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
