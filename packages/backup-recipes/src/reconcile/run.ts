import { CommandError, linkSignals } from '@quiesce/command';
import { takeHostLock } from '../host-lock.js';
import { Journal } from '../journal.js';
import type { RunRecipeOptions } from '../recipe.js';
import { createRunId } from '../run-id.js';
import type { ResolvedReconcileOptions } from './options.js';
import { ReconcileFailedError } from './reconcile-failed-error.js';
import { remedyOf } from './remedy.js';
import type { ReconcileEvent, ReconcileReport, ReconcileStep, UndoneThing } from './report.js';
import { survey, type Survey } from './survey/survey.js';
import { undoAll } from './undo/undo-all.js';
import type { Attempt, Undoing } from './undo/undoing.js';
import type { Finding } from './finding.js';

type ReconcileJournal = Journal<ReconcileStep>;

function attemptIn(journal: ReconcileJournal): Attempt {
  return async (step, subject, body) => {
    try {
      await journal.step(step, subject, body);
      return undefined;
    } catch (error) {
      return { error };
    }
  };
}

/**
 * What could not be looked at may hide something; a host that does not have libvirt at all has no
 * paused guests.
 */
function noteSurvey(journal: ReconcileJournal, { strangers, unseen }: Survey): void {
  for (const { subject, error, isAbsent } of unseen) journal.problem('survey', subject, error, !isAbsent);
  for (const name of strangers) {
    const error = new CommandError(`${name} is paused, and no run says that it paused it: it is left so`);
    journal.problem('survey', name, error, false);
  }
}

const thing = ({ kind, name, runId }: Finding): UndoneThing => ({ kind, name, runId });

function reportOf(
  journal: ReconcileJournal,
  result: Undoing | undefined,
  { startedAtMs, isAborted }: { startedAtMs: number; isAborted: boolean },
): ReconcileReport {
  const durationMs = journal.now();
  const failure = isAborted ? 'aborted' : 'failed';
  return {
    version: 1,
    recipe: 'reconcile',
    outcome: journal.failed ? failure : 'success',
    startedAt: new Date(startedAtMs),
    endedAt: new Date(startedAtMs + durationMs),
    durationMs,
    undone: (result?.undone ?? []).map(thing),
    left: (result?.left ?? []).map(({ finding }) => ({ ...thing(finding), remedy: remedyOf(finding) })),
    steps: journal.steps,
    problems: journal.problems,
  };
}

/** Undefined where it was stopped before it came to undoing. */
async function surveyAndUndo(
  { mountRoot, transport }: ResolvedReconcileOptions,
  journal: ReconcileJournal,
  signal: AbortSignal,
): Promise<Undoing | undefined> {
  try {
    const found = await journal.step('survey', transport.name, () => survey({ mountRoot, transport }, signal));
    noteSurvey(journal, found);
    return await undoAll(found, { transport, signal, attempt: attemptIn(journal) });
  } catch (error) {
    if (!signal.aborted) throw error;
    return undefined;
  }
}

/** Undoes what runs that are over have left. */
export async function runReconcile(
  options: ResolvedReconcileOptions,
  { signal, onEvent }: RunRecipeOptions<ReconcileEvent>,
): Promise<ReconcileReport> {
  signal?.throwIfAborted();
  const { transport } = options;
  const startedAt = Date.now();
  const journal: ReconcileJournal = new Journal<ReconcileStep>('survey', onEvent);
  await using held = await takeHostLock(transport, createRunId(Math.floor(startedAt / 1000)));
  // Without the lock a run could begin in the middle.
  const unlocked = new AbortController();
  void held.lost.then((error) => {
    journal.problem(journal.latest, transport.name, error);
    unlocked.abort(error);
  });
  const work = linkSignals([unlocked.signal, signal], (stop) => ({ result: surveyAndUndo(options, journal, stop) }));
  const result = await work.result;
  const times = { startedAtMs: startedAt + held.clockOffsetMs, isAborted: signal?.aborted === true };
  const report = reportOf(journal, result, times);
  if (report.outcome !== 'success') throw new ReconcileFailedError(report, journal.errors);
  return report;
}
