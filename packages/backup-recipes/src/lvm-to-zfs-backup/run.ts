import { CommandError, run, toShell } from '@quiesce/command';
import { createClients } from '../clients.js';
import { holdHostLock } from '../host-lock.js';
import { rmdirCommand } from '../host/folders.js';
import { Journal } from '../journal.js';
import type { RunRecipeOptions } from '../recipe.js';
import { reconcileBefore } from '../reconcile/reconcile-before.js';
import { reconnecting } from '../reconnecting.js';
import { createRunId } from '../run-id.js';
import { copy } from './copy/copy.js';
import { completeFolder, openFolder, proveFolder } from './copy/folder.js';
import { hostRootJobs } from './copy/host-root.js';
import { completeTarget, preserveTarget } from './copy/target.js';
import { cleanUp, copyVolume } from './copy/volume.js';
import { watchPool } from './copy/watch-pool.js';
import { callAfterPause } from './hooks/after-pause.js';
import { hookCaller } from './hooks/call-hooks.js';
import type { ResolvedOptions } from './options/resolve-options.js';
import { takeSnapshots, type Taken } from './pause/pause.js';
import type { HostFacts } from './preflight/host-facts.js';
import { preflight } from './preflight/preflight.js';
import { BackupFailedError } from './report/backup-failed-error.js';
import { createReport } from './report/create-report.js';
import type { BackupEvent, ProgressEvent } from './report/events.js';
import type { BackupReport, BackupStep, CopyReport } from './report/report.js';
import { byGroup, untouched, type BackupJournal, type RunState } from './run-state.js';

/** How long commands are tried again that can't begin because the link to the host is lost. */
const reconnectMs = 120_000;

interface Done {
  readonly hostRoot: readonly CopyReport[];
  readonly complete: boolean;
  readonly zfsSnapshotMade: boolean;
  readonly zfsSnapshotStartedMs: number | undefined;
}

/**
 * Copies the host's own files, each of its file systems into the folder of the one that it is
 * mounted in.
 */
async function copyHostRoot(state: RunState): Promise<readonly CopyReport[]> {
  const { options, signal } = state;
  const jobs = hostRootJobs(state);
  const reports: CopyReport[] = [];
  if (options.hostRoot === undefined || signal.aborted) return reports;
  const whole = { folder: options.hostRoot.folder, source: options.hostRoot.source, place: options.hostRoot.source };
  try {
    for (const [index, job] of jobs.entries()) {
      await copy(state, job, {
        open: () => (index === 0 ? openFolder(state, whole) : proveFolder(state, job)),
        close: () => (index === jobs.length - 1 ? completeFolder(state, whole) : proveFolder(state, job)),
        onReport: (report) => reports.push(report),
      });
    }
  } catch {
    // It is in the journal.
  }
  return reports;
}

/**
 * Copies all volumes, those of one group one after the other. The snapshot of each is removed while
 * the next is copied.
 */
async function copyVolumes(state: RunState, preserved: Promise<void>): Promise<{ cleaned: Promise<unknown> }> {
  const cleaning: Promise<void>[] = [];
  await Promise.all(
    byGroup(state.volumes).map(async (group) => {
      for (const volume of group) {
        if (volume.snapshotMade && !volume.failed) await copyVolume(state, volume, preserved);
        cleaning.push(cleanUp(state, volume));
      }
    }),
  );
  return { cleaned: Promise.all(cleaning) };
}

/** Whether every folder that this run is about holds every byte. */
function isWhole({ facts, folders, options }: RunState): boolean {
  const wanted = facts.volumes.map(({ folderName }) => folderName);
  if (options.hostRoot !== undefined) wanted.push(options.hostRoot.folder);
  return wanted.every((folder) => folders.get(folder) === true);
}

/**
 * What comes after the pause. The host's own files, which are on none of the volumes, are copied
 * beside them.
 */
async function copyEverything(state: RunState, { settled }: Taken): Promise<Done> {
  const { journal, options } = state;
  let zfsSnapshotMade = false;
  const zfsSnapshotStartedMs = journal.now();
  const preserved = preserveTarget(state, () => {
    zfsSnapshotMade = true;
  });
  // It is awaited later, by who needs it.
  preserved.catch(() => undefined);
  const hostRootCopied = preserved.then(
    () => copyHostRoot(state),
    () => [],
  );
  await settled;
  const { cleaned } = await copyVolumes(state, preserved);
  await removeFolders(state);
  const hostRoot = await hostRootCopied;
  // Another run may have it by now, and write to the same target.
  await state.lockCertain();
  let complete = false;
  const isPreserved = await preserved.then(
    () => true,
    () => false,
  );
  if (isPreserved && !state.copySignal.aborted && (isWhole(state) || state.isDry)) {
    complete = await completeTarget(state).catch((error: unknown) => {
      journal.problem('zfs-snapshot', options.target, error);
      return false;
    });
  }
  await cleaned;
  return { hostRoot, complete, zfsSnapshotMade, zfsSnapshotStartedMs };
}

/** The same, while somebody looks after the pool. */
async function copyWatched(state: RunState, taken: Taken, stopCopies: AbortController): Promise<Done> {
  const done = new AbortController();
  const watching = watchPool(state, done.signal, (error) => {
    state.journal.problem('copy', state.options.target, error);
    stopCopies.abort(error);
  });
  try {
    return await copyEverything(state, taken);
  } finally {
    done.abort();
    await watching;
  }
}

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

/**
 * Removes the folders that the snapshots were mounted in; what is mounted still is noted elsewhere.
 */
async function removeFolders({ journal, leftovers, options, runId, transport, volumes }: RunState): Promise<void> {
  const made = volumes.filter(({ folderMade, mounted }) => folderMade && !mounted);
  if (made.length === 0) return;
  for (const volume of made) volume.folderMade = false;
  const folder = `${options.mountRoot}/${runId}`;
  const folders = made.map(({ facts: { mountFolder } }) => mountFolder);
  if (!volumes.some(({ folderMade }) => folderMade)) folders.push(folder);
  await run(transport, rmdirCommand({ folders }), { timeoutMs: options.limits.smallMs }).catch((error: unknown) => {
    journal.problem('remove', folder, error, false);
    leftovers.push({ kind: 'folder', name: folder, remedy: toShell(rmdirCommand({ folders })) });
  });
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
