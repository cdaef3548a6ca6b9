import { CommandError } from '@quiesce/command';
import { roleOfUnit } from '../host/units.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import type { ResolvedOptions } from '../lvm-to-zfs-backup/options/resolve-options.js';
import type { BackupJournal } from '../lvm-to-zfs-backup/run-state.js';
import { describeFinding, type Finding } from './finding.js';
import { remedyOf } from './remedy.js';
import { findingsOf } from './survey/findings.js';
import { survey } from './survey/survey.js';
import { undoAll } from './undo/undo-all.js';
import type { LeftFinding } from './undo/undoing.js';

function noteUndone(journal: BackupJournal, undone: readonly Finding[]): void {
  for (const runId of new Set(undone.map((finding) => finding.runId))) {
    const things = undone.filter((finding) => finding.runId === runId).map(describeFinding);
    const error = new CommandError(`run ${runId} left ${things.join(', ')}: undone`);
    journal.problem('reconcile', runId, error, false);
  }
}

/** What of a dead run goes on copying would write into the same folders as the new one. */
function isRival({ name }: Finding): boolean {
  return roleOfUnit(name)?.role === 'copy';
}

function noteLeft(journal: BackupJournal, left: readonly LeftFinding[]): void {
  const rivals: PreflightProblem[] = [];
  for (const { finding, error } of left) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = `${describeFinding(finding)} of run ${finding.runId} could not be undone`;
    const problem = new CommandError(`${what}: ${reason}; try: ${remedyOf(finding)}`, { cause: error });
    if (isRival(finding)) {
      rivals.push({ option: 'reconcile', value: finding.name, problem: problem.message, error: problem });
    } else journal.problem('reconcile', finding.name, problem, false);
  }
  if (rivals.length > 0) throw new PreflightError(rivals);
}

/**
 * Undoes what runs that are over left on the host, before a new one begins, which holds the lock
 * already. What could not be looked at or undone stops nothing here, but for a copy that goes on:
 * the new run looks itself for what is in its way.
 *
 * @returns whether there was anything to undo, so that the host is not what it was.
 * @throws {@link PreflightError} where an earlier run goes on copying; `TransportError`, and what
 * an abort throws.
 */
export async function reconcileBefore(
  options: ResolvedOptions,
  journal: BackupJournal,
  signal: AbortSignal,
): Promise<boolean> {
  if (!options.reconcile) return false;
  const startedMs = journal.now();
  const found = await survey(options, signal);
  for (const { subject, error } of found.unseen) journal.problem('reconcile', subject, error, false);
  const findings = findingsOf(found);
  if (findings.length === 0) return false;
  const runs = [...new Set(findings.map(({ runId }) => runId))];
  const things = findings.length === 1 ? '1 thing' : `${String(findings.length)} things`;
  const begun = journal.begin('reconcile', `${things} of ${runs.map((runId) => `run ${runId}`).join(', ')}`, startedMs);
  const { undone, left } = await undoAll(found, {
    transport: options.transport,
    signal,
    attempt: (_step, _subject, body) =>
      body().then(
        () => undefined,
        (error: unknown) => ({ error }),
      ),
  });
  begun.end(left.length === 0 ? 'finished' : 'failed');
  noteUndone(journal, undone);
  noteLeft(journal, left);
  signal.throwIfAborted();
  return true;
}
