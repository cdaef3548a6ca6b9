import { linkSignals } from '@quiesce/command';
import { createZfs } from '@quiesce/zfs';
import { takeHostLock } from '../host-lock.js';
import { Journal } from '../journal.js';
import type { RunRecipeOptions } from '../recipe.js';
import { createRunId } from '../run-id.js';
import { replicateLockFolder } from './names.js';
import type { ResolvedReplicateOptions } from './options.js';
import type { SideSnapshot } from './read-side.js';
import { ReplicateFailedError } from './replicate-failed-error.js';
import type {
  ReplicaSnapshot,
  ReplicateEvent,
  ReplicateProgressEvent,
  ReplicateReport,
  ReplicateStep,
} from './report.js';
import type { Done, ReplicateState } from './state.js';
import { bringOver } from './transfer.js';

type Told = Pick<SideSnapshot, 'name' | 'guid' | 'provenance'>;

function onCopy({ guid, name, provenance }: Told, copy: string): ReplicaSnapshot {
  const { complete, runId } = provenance;
  // So a snapshot is marked of what no run had written.
  const isOurs = runId !== undefined && runId !== 'none';
  return {
    snapshot: `${copy}@${name.replace(/^.*@/, '')}`,
    guid,
    runId: isOurs ? runId : undefined,
    complete: isOurs ? complete : undefined,
  };
}

function reportOf(
  { done, journal, options, runId }: ReplicateState,
  { isAborted, startedAtMs }: { startedAtMs: number; isAborted: boolean },
): ReplicateReport {
  const durationMs = journal.now();
  const failure = isAborted ? 'aborted' : 'failed';
  const { dataset: copy } = options.to;
  return {
    version: 1,
    recipe: 'replicate',
    runId,
    outcome: journal.failed ? failure : 'success',
    startedAt: new Date(startedAtMs),
    endedAt: new Date(startedAtMs + durationMs),
    durationMs,
    target: options.target,
    copy,
    ...done,
    sent: done.sent.map((snapshot) => onCopy(snapshot, copy)),
    newest: done.newest === undefined ? undefined : onCopy(done.newest, copy),
    steps: journal.steps,
    problems: journal.problems,
  };
}

const nothingDone = (): Done => ({
  ...{ made: undefined, sent: [], newest: undefined, givenUp: [], sentBytes: 0, resumed: false },
  ...{ base: undefined, verified: undefined, held: [] },
});

/** Brings what a target has to its copy. */
export async function runReplicate(
  options: ResolvedReplicateOptions,
  { onEvent, signal }: RunRecipeOptions<ReplicateEvent>,
): Promise<ReplicateReport> {
  signal?.throwIfAborted();
  const { target, to, transport } = options;
  const startedAt = Date.now();
  const runId = createRunId(Math.floor(startedAt / 1000));
  const journal = new Journal<ReplicateStep, ReplicateProgressEvent>('preflight', onEvent);
  await using lock = await takeHostLock(transport, runId, replicateLockFolder(target));
  // Without it another could send to the same place.
  const unlocked = new AbortController();
  void lock.lost.then((error) => {
    journal.problem(journal.latest, target, error);
    unlocked.abort(error);
  });
  const clients = { source: createZfs({ transport }), copy: createZfs({ transport: to.transport }) };
  const done = nothingDone();
  const begin = (stop: AbortSignal): { readonly result: Promise<ReplicateState> } => {
    const state: ReplicateState = { options, runId, journal, ...clients, signal: stop, done };
    const result = bringOver(state, lock.clockOffsetMs).catch((error: unknown) => {
      // Nothing was begun.
      if (journal.latest === 'preflight') throw error;
      if (!journal.failed) journal.problem(journal.latest, target, error);
    });
    return { result: result.then(() => state) };
  };
  const state = await linkSignals([unlocked.signal, signal], begin).result;
  const times = { startedAtMs: startedAt + lock.clockOffsetMs, isAborted: signal?.aborted === true };
  const report = reportOf(state, times);
  if (report.outcome !== 'success') throw new ReplicateFailedError(report, journal.errors);
  return report;
}
