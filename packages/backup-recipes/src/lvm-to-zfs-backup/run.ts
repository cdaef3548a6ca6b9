import { CommandError, run, toShell } from '@quiesce/command';
import { createClients } from '../clients.js';
import { holdHostLock } from '../host-lock.js';
import { rmdirCommand } from '../host/folders.js';
import { Journal } from '../journal.js';
import { limits } from '../limits.js';
import type { RunRecipeOptions } from '../recipe.js';
import { reconcileBefore } from '../reconcile/reconcile-before.js';
import { reconnecting } from '../reconnecting.js';
import { createRunId } from '../run-id.js';
import { copy } from './copy/copy.js';
import { hostRootJob } from './copy/host-root.js';
import { completeTarget, preserveTarget } from './copy/target.js';
import { cleanUp, copyVolume } from './copy/volume.js';
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
  readonly hostRoot: CopyReport | undefined;
  readonly zfsSnapshotMade: boolean;
  readonly zfsSnapshotStartedMs: number | undefined;
}

async function copyHostRoot(state: RunState): Promise<CopyReport | undefined> {
  const job = hostRootJob(state);
  if (job === undefined || state.signal.aborted) return undefined;
  let report: CopyReport | undefined;
  await copy(state, job, (copied) => {
    report = copied;
  }).catch(() => undefined);
  return report;
}

/** Copies all volumes, those of one group one after the other. The snapshot of each is removed while the next is copied. */
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

/** Every byte of the run is in the target. What is left on the host to be removed takes nothing from that. */
function isWhole({ journal, signal }: RunState): boolean {
  return !signal.aborted && !journal.problems.some(({ fatal, step }) => fatal && step !== 'remove');
}

/** What comes after the pause. The host's own files, which are on none of the volumes, are copied beside them. */
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
    () => undefined,
  );
  await settled;
  const { cleaned } = await copyVolumes(state, preserved);
  await removeFolders(state);
  const hostRoot = await hostRootCopied;
  // Another run may have it by now, and write to the same target.
  await state.lockCertain();
  if (isWhole(state)) {
    await completeTarget(state).catch((error: unknown) => {
      journal.problem('zfs-snapshot', options.target, error);
    });
  }
  await cleaned;
  return { hostRoot, zfsSnapshotMade, zfsSnapshotStartedMs };
}

/** The steps of a run, from the first that changes something. What fails is in the journal, and what was made is undone. */
async function work(state: RunState): Promise<Done> {
  const { journal, options, volumes, signal } = state;
  let done: Done = { hostRoot: undefined, zfsSnapshotMade: false, zfsSnapshotStartedMs: undefined };
  let taken: Taken = { settled: Promise.resolve() };
  try {
    taken = await takeSnapshots(state);
    signal.throwIfAborted();
    if (volumes.some(({ failed }) => !failed) || options.hostRoot !== undefined)
      done = await copyEverything(state, taken);
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

/** Removes the folders that the snapshots were mounted in; what is mounted still is noted elsewhere. */
async function removeFolders({ journal, leftovers, options, runId, transport, volumes }: RunState): Promise<void> {
  const made = volumes.filter(({ folderMade, mounted }) => folderMade && !mounted);
  if (made.length === 0) return;
  for (const volume of made) volume.folderMade = false;
  const folder = `${options.mountRoot}/${runId}`;
  const folders = made.map(({ facts: { mountFolder } }) => mountFolder);
  if (!volumes.some(({ folderMade }) => folderMade)) folders.push(folder);
  await run(transport, rmdirCommand({ folders }), { timeoutMs: limits.smallMs }).catch((error: unknown) => {
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
    const facts = await journal.step('preflight', options.target, async () => {
      const look = (): Promise<HostFacts> =>
        preflight(options, createClients(options), { ...options, epochSeconds, runId, signal: stop.signal });
      // Most nights nothing is left of an earlier run, and what was seen meanwhile counts.
      const seen = look();
      seen.catch(() => undefined);
      return (await reconcileBefore(options, journal, stop.signal)) ? look() : seen;
    });
    for (const { name, mark, state } of facts.domains.filter((domain) => domain.state === 'paused')) {
      const whose = mark === undefined ? 'someone else' : `run ${mark.runId}`;
      const error = new CommandError(`${name} was ${state} by ${whose} before the run, and is left so`);
      journal.problem('preflight', name, error, false);
    }
    for (const { subject, message } of facts.warnings) {
      journal.problem('preflight', subject, new CommandError(message), false);
    }
    const transport = reconnecting(options.transport, reconnectMs);
    const state: RunState = {
      runId,
      options,
      transport,
      clients: createClients({ transport }),
      journal,
      startedAtMs,
      sinceStart: (atMs) => Math.round(atMs - startedAtMs),
      signal: stop.signal,
      lockCertain: () => held.certain(),
      facts,
      volumes: facts.volumes.map(untouched),
      domains: facts.domains.map(({ name, state: stateBefore }) => ({
        ...{ name, stateBefore, flushed: false, suspended: false },
        ...{ suspendedAt: undefined, resumedAt: undefined, pausedMs: undefined, runningAfter: undefined },
      })),
      leftovers: [],
    };
    const done = await work(state);
    const report = createReport(state, { aborted: signal?.aborted === true, ...done });
    if (report.outcome !== 'success') throw new BackupFailedError(report);
    return report;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
