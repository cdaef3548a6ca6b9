import { CommandError, linkSignals, run, type CallOptions } from '@quiesce/command';
import { createZfs } from '@quiesce/zfs';
import { HostBusyError } from '../host-busy-error.js';
import { takeHostLock, type HostLock } from '../host-lock.js';
import { mountsCommand, parseMounts } from '../host/mounts.js';
import { Journal } from '../journal.js';
import { PreflightError } from '../preflight-error.js';
import type { RunRecipeOptions } from '../recipe.js';
import { createRunId } from '../run-id.js';
import { readStates } from '../target/states.js';
import { planBatches, type Batch } from './batches.js';
import { chooseState, type ChosenState } from './choose-state.js';
import { destinationProblems } from './destination-problems.js';
import type { ResolvedRestoreOptions } from './options.js';
import type {
  RestoredFile,
  RestoreEvent,
  RestoreProgressEvent,
  RestoreReport,
  RestoreStep,
  RestoreWarning,
} from './report.js';
import { planVolume } from './plan-volume.js';
import { restoreBatch } from './restore-batch.js';
import { RestoreFailedError } from './restore-failed-error.js';
import type { RestoreState } from './state.js';

/** What would be restored, and from which state. */
export interface RestoreFacts {
  readonly chosen: ChosenState;
  readonly batches: readonly Batch[];
  readonly warnings: readonly RestoreWarning[];
}

/**
 * Looks at the target and at what is restored to, and changes nothing.
 *
 * @throws {@link PreflightError} with every reason not to begin.
 */
export async function preflightRestore(
  options: ResolvedRestoreOptions,
  signal: AbortSignal | undefined,
): Promise<RestoreFacts> {
  const { destination, limits, target, transport } = options;
  const call: CallOptions = { signal, timeoutMs: limits.readMs };
  const states = await readStates({ transport, zfs: createZfs({ transport }) }, target, call);
  const chosen = chooseState(options, states);
  const mounts = parseMounts((await run(destination, mountsCommand(), call)).stdout);
  const { batches, warnings } = await planBatches(options, chosen, mounts, call);
  const { volume } = options.to;
  if (volume !== undefined) {
    const made = await Promise.all(batches.map((batch) => planVolume(options, batch, volume, call)));
    return { chosen, batches: made, warnings };
  }
  const problems = await destinationProblems(options, batches, call);
  if (problems.length > 0) throw new PreflightError(problems);
  return { chosen, batches, warnings };
}

async function restoreAll(state: RestoreState, batches: readonly Batch[]): Promise<RestoredFile[]> {
  const files: RestoredFile[] = [];
  for (const batch of batches) files.push(...(await restoreBatch(state, batch)));
  return files;
}

/** Takes the lock of another host. One that this restore holds already is that of the same host. */
async function lockDestination(
  { destination, transport }: ResolvedRestoreOptions,
  runId: string,
): Promise<HostLock | undefined> {
  if (destination === transport) return undefined;
  return takeHostLock(destination, runId).catch((error: unknown) => {
    if (HostBusyError.isInstance(error) && error.holder?.runId === runId) return undefined;
    throw error;
  });
}

/** Restores what was asked for. */
export async function runRestore(
  options: ResolvedRestoreOptions,
  { onEvent, signal }: RunRecipeOptions<RestoreEvent>,
): Promise<RestoreReport> {
  signal?.throwIfAborted();
  const { target, transport } = options;
  const startedAt = Date.now();
  const runId = createRunId(Math.floor(startedAt / 1000));
  const journal = new Journal<RestoreStep, RestoreProgressEvent>('preflight', onEvent);
  // No run may write to the target meanwhile, and no guest be backed up that is about to change.
  await using held = await takeHostLock(transport, runId);
  await using there = await lockDestination(options, runId);
  const unlocked = new AbortController();
  for (const lock of [held, there]) {
    void lock?.lost.then((error) => {
      journal.problem(journal.latest, target, error);
      unlocked.abort(error);
    });
  }
  const leftovers: RestoreState['leftovers'] = [];
  const facts = await journal.step('preflight', target, () => preflightRestore(options, signal));
  for (const { message, subject } of facts.warnings) {
    journal.problem('preflight', subject, new CommandError(message), false);
  }
  const isDry = held.isDry || there?.isDry === true;
  const work = linkSignals([unlocked.signal, signal], (stop) => ({
    result: restoreAll({ runId, options, journal, signal: stop, isDry, leftovers }, facts.batches),
  }));
  const files = await work.result;
  const failure = signal?.aborted === true ? 'aborted' : 'failed';
  const durationMs = journal.now();
  const startedAtMs = startedAt + held.clockOffsetMs;
  const report: RestoreReport = {
    ...{ version: 1, recipe: 'restoreImages', runId, target, outcome: journal.failed ? failure : 'success' },
    ...{ startedAt: new Date(startedAtMs), endedAt: new Date(startedAtMs + durationMs), durationMs },
    snapshot: facts.chosen.state.snapshot,
    restoredRuns: [...new Set(facts.chosen.wanted.map(({ folder }) => folder.runId))],
    restoredAt: facts.chosen.at,
    ...{ files, leftovers, steps: journal.steps, problems: journal.problems },
  };
  if (report.outcome !== 'success') throw new RestoreFailedError(report, journal.errors);
  return report;
}
