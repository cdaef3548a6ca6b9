import { CommandError, linkSignals } from '@quiesce/command';
import { createZfs } from '@quiesce/zfs';
import { takeHostLock } from '../host-lock.js';
import { Journal } from '../journal.js';
import type { RunRecipeOptions } from '../recipe.js';
import { createRunId } from '../run-id.js';
import { destroyAll, type Destruction } from './destroy.js';
import { look, type Look } from './look.js';
import type { ResolvedPruneOptions } from './options.js';
import { PruneFailedError } from './prune-failed-error.js';
import type { PrunedSnapshot, PruneEvent, PruneReport, PruneStep } from './report.js';

type PruneJournal = Journal<PruneStep>;

/** What was found, and what became of it. */
interface Pruning {
  found: Pick<Look, 'snapshots'>;
  done: Destruction;
}

async function lookAndDestroy(
  options: ResolvedPruneOptions,
  { journal, pruning, signal }: { journal: PruneJournal; pruning: Pruning; signal: AbortSignal },
): Promise<void> {
  const { limits, target, transport } = options;
  const zfs = createZfs({ transport });
  const found = await journal.step('look', target, () => look(options, zfs, signal));
  pruning.found = found;
  for (const { message, subject } of found.warnings) journal.problem('look', subject, new CommandError(message), false);
  // The oldest first: what is done when it is stopped is what is needed least.
  const names = found.snapshots.filter(({ keep }) => !keep).map(({ name }) => name);
  pruning.done = await destroyAll(names.toReversed(), {
    ...{ zfs, dataset: target, signal, timeoutMs: limits.zfsMs },
    step: (subject, body) => journal.step('destroy', subject, body),
  });
}

function outcomeOf(
  { destroyed, gone }: Destruction,
  { keep, name }: Look['snapshots'][number],
): PrunedSnapshot['outcome'] {
  return keep ? 'kept' : destroyed.has(name) ? 'destroyed' : gone.has(name) ? 'gone' : 'left';
}

/** Destroys the snapshots that the rules do not keep. */
export async function runPrune(
  options: ResolvedPruneOptions,
  { onEvent, signal }: RunRecipeOptions<PruneEvent>,
): Promise<PruneReport> {
  signal?.throwIfAborted();
  const { keep, target, timeZone, transport } = options;
  const journal: PruneJournal = new Journal<PruneStep>('look', onEvent);
  const began = Date.now();
  await using held = await takeHostLock(transport, createRunId(Math.floor(began / 1000)));
  // Without the lock a backup could begin in the middle.
  const unlocked = new AbortController();
  void held.lost.then((error) => {
    journal.problem(journal.latest, transport.name, error);
    unlocked.abort(error);
  });
  const pruning: Pruning = {
    found: { snapshots: [] },
    done: { destroyed: new Set(), gone: new Set(), freedBytes: 0 },
  };
  const work = linkSignals([unlocked.signal, signal], (stop) => ({
    result: lookAndDestroy(options, { journal, pruning, signal: stop }),
  }));
  await work.result.catch((error: unknown) => {
    // It could not be looked at, and nothing was touched. After an abort there is a report.
    if (!(signal?.aborted === true || unlocked.signal.aborted) || !journal.failed) throw error;
  });
  const startedAt = new Date(began + held.clockOffsetMs);
  const durationMs = journal.now();
  const failure = signal?.aborted === true ? 'aborted' : 'failed';
  const report: PruneReport = {
    ...{ version: 1, recipe: 'pruneSnapshots', outcome: journal.failed ? failure : 'success' },
    ...{ startedAt, endedAt: new Date(startedAt.getTime() + durationMs), durationMs, target, keep, timeZone },
    snapshots: pruning.found.snapshots.map((one) => ({ ...one, outcome: outcomeOf(pruning.done, one) })),
    ...{ freedBytes: pruning.done.freedBytes, steps: journal.steps, problems: journal.problems },
  };
  if (report.outcome !== 'success') throw new PruneFailedError(report, journal.errors);
  return report;
}
