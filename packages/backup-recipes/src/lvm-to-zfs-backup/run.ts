import { CommandError } from '@quiesce/command';
import { createClients } from '../clients.js';
import { holdHostLock } from '../host-lock.js';
import { Journal } from '../journal.js';
import type { RunRecipeOptions } from '../recipe.js';
import { reconcileBefore } from '../reconcile/reconcile-before.js';
import { reconnecting } from '../reconnecting.js';
import { createRunId } from '../run-id.js';
import { copyWatched, type Done } from './copy/copy-everything.js';
import { removeFolders } from './copy/remove-folders.js';
import { cleanUp } from './copy/volume.js';
import { callAfterPause } from './hooks/after-pause.js';
import { hookCaller } from './hooks/call-hooks.js';
import type { ResolvedOptions } from './options/resolve-options.js';
import { takeSnapshots, type Taken } from './pause/pause.js';
import type { HostFacts } from './preflight/host-facts.js';
import { preflight } from './preflight/preflight.js';
import { BackupFailedError } from './report/backup-failed-error.js';
import { createReport } from './report/create-report.js';
import type { BackupEvent, ProgressEvent } from './report/events.js';
import type { BackupReport, BackupStep } from './report/report.js';
import { untouched, type BackupJournal, type RunState } from './run-state.js';

/** How long commands are tried again that can't begin because the link to the host is lost. */
const reconnectMs = 120_000;

/**
 * The steps of a run, from the first that changes something. What fails is in the journal, and what
 * was made is undone.
 */
async function work(state: RunState, stopCopies: AbortController): Promise<Done> {
  const { journal, options, volumes, signal } = state;
  let done: Done = { hostRoot: [], complete: false, zfsSnapshotMade: false, zfsSnapshotStartedMs: undefined };
  let taken: Taken = { settled: Promise.resolve() };
  try {
    taken = await takeSnapshots(state);
    signal.throwIfAborted();
    await callAfterPause(state, taken.settled);
    if (volumes.some(({ failed }) => !failed) || options.hostRoot !== undefined) {
      await state.hooks.call('before', 'copy');
      done = await copyWatched(state, taken, stopCopies);
      await state.hooks.tell('copy');
    }
    signal.throwIfAborted();
  } catch (error) {
    // Most is noted where it happened; an abort between two steps is not.
    if (!journal.failed) journal.problem(journal.latest, options.target, error);
  }
  await taken.settled;
  for (const volume of volumes) await cleanUp(state, volume);
  await removeFolders(state);
  return done;
}

/** Runs a backup. */
export async function runBackup(
  options: ResolvedOptions,
  { signal, onEvent }: RunRecipeOptions<BackupEvent>,
): Promise<BackupReport> {
  signal?.throwIfAborted();
  const epochSeconds = options.epochSeconds ?? Math.floor(Date.now() / 1000);
  const runId = createRunId(epochSeconds);
  const journal: BackupJournal = new Journal<BackupStep, ProgressEvent>('preflight', onEvent);
  const startedAt = Date.now();
  // Without the lock another run could do the same at the same time.
  const stop = new AbortController();
  const stopCopies = new AbortController();
  stop.signal.addEventListener('abort', () => {
    stopCopies.abort(stop.signal.reason);
  });
  const onAbort = (): void => {
    stop.abort(signal?.reason);
  };
  await using held = await holdHostLock(options.transport, runId, {
    forMs: reconnectMs,
    onBack: (error) => {
      journal.problem(journal.latest, options.target, error, false);
    },
    onLost: (error) => {
      journal.problem(journal.latest, options.target, error);
      stop.abort(error);
    },
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal?.aborted === true) onAbort();
    const startedAtMs = startedAt + held.clockOffsetMs;
    const hooks = hookCaller(options, { journal, isDry: held.isDry, runId, signal: stop.signal });
    await hooks.call('before', 'preflight');
    const facts = await journal.step('preflight', options.target, async () => {
      const look = (): Promise<HostFacts> =>
        preflight(options, createClients(options), { ...options, epochSeconds, runId, signal: stop.signal });
      // Most nights nothing is left of an earlier run, and what was seen meanwhile counts.
      const seen = look();
      seen.catch(() => undefined);
      return (await reconcileBefore(options, journal, stop.signal)) ? look() : seen;
    });
    await hooks.call('after', 'preflight');
    for (const { name, mark, state } of facts.domains.filter((domain) => domain.state === 'paused')) {
      const whose = mark === undefined ? 'someone else' : `run ${mark.runId}`;
      const error = new CommandError(`${name} was ${state} by ${whose} before the run, and is left so`);
      journal.problem('preflight', name, error, false);
    }
    for (const { message, subject } of facts.warnings) {
      journal.problem('preflight', subject, new CommandError(message), false);
    }
    const transport = reconnecting(options.transport, reconnectMs);
    const state: RunState = {
      runId,
      isDry: held.isDry,
      options,
      transport,
      clients: createClients({ transport }),
      journal,
      startedAtMs,
      sinceStart: (atMs) => Math.round(atMs - startedAtMs),
      signal: stop.signal,
      copySignal: stopCopies.signal,
      lockCertain: () => held.certain(),
      facts,
      hooks,
      volumes: facts.volumes.map(untouched),
      folders: new Map(),
      domains: facts.domains.map(({ name, state: stateBefore }) => ({
        ...{ name, stateBefore, flushed: false, suspended: false },
        ...{ suspendedAt: undefined, resumedAt: undefined, pausedMs: undefined, runningAfter: undefined },
      })),
      leftovers: [],
    };
    const done = await work(state, stopCopies);
    const report = createReport(state, { aborted: signal?.aborted === true, ...done });
    await hooks.tell('end', report);
    if (report.outcome !== 'success') throw new BackupFailedError(report, journal.errors);
    return report;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
