import { CommandError, run, toShell } from '@quiesce/command';
import { rmdirCommand } from '../host/folders.js';
import { takeHostLock, type HostLock } from '../host-lock.js';
import { PreflightError } from '../preflight-error.js';
import type { RunRecipeOptions } from '../recipe.js';
import { BackupFailedError } from './backup-failed-error.js';
import { createClients } from './context.js';
import { copy } from './copy.js';
import type { BackupEvent } from './events.js';
import { hostRootJob } from './host-root.js';
import { lockFileOf } from './names.js';
import { Journal } from './journal.js';
import { takeSnapshots, type Taken } from './pause.js';
import type { HostFacts } from './host-facts.js';
import { preflight } from './preflight.js';
import { createRunId } from './run-id.js';
import { createReport } from './create-report.js';
import type { BackupReport, CopyReport } from './report.js';
import type { ResolvedOptions } from './resolve-options.js';
import { byGroup, untouched, type RunState } from './run-state.js';
import { completeTarget, preserveTarget } from './target.js';
import { cleanUp, copyVolume } from './volume.js';

interface Done {
  readonly hostRoot: CopyReport | undefined;
  readonly zfsSnapshotMade: boolean;
}

async function copyHostRoot(state: RunState): Promise<CopyReport | undefined> {
  const job = hostRootJob(state);
  if (job === undefined || state.signal?.aborted === true) return undefined;
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
  return signal?.aborted !== true && !journal.problems.some(({ fatal, step }) => fatal && step !== 'remove');
}

/** What comes after the pause. The host's own files, which are on none of the volumes, are copied beside them. */
async function copyEverything(state: RunState, { settled }: Taken): Promise<Done> {
  const { journal, options } = state;
  let zfsSnapshotMade = false;
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
  if (isWhole(state)) {
    await completeTarget(state).catch((error: unknown) => {
      journal.problem('zfs-snapshot', options.target, error);
    });
  }
  await cleaned;
  return { hostRoot, zfsSnapshotMade };
}

/** The steps of a run, from the first that changes something. What fails is in the journal, and what was made is undone. */
async function work(state: RunState): Promise<Done> {
  const { journal, options, volumes, signal } = state;
  let done: Done = { hostRoot: undefined, zfsSnapshotMade: false };
  let taken: Taken = { settled: Promise.resolve() };
  try {
    taken = await takeSnapshots(state);
    signal?.throwIfAborted();
    done = await copyEverything(state, taken);
    signal?.throwIfAborted();
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
async function removeFolders({ facts, journal, leftovers, options, transport, volumes }: RunState): Promise<void> {
  const made = volumes.filter(({ folderMade, mounted }) => folderMade && !mounted);
  if (made.length === 0) return;
  for (const volume of made) volume.folderMade = false;
  const runFolder = `${options.mountRoot}/${String(facts.epochSeconds)}`;
  const folders = made.map(({ facts: { mountFolder } }) => mountFolder);
  if (!volumes.some(({ folderMade }) => folderMade)) folders.push(runFolder);
  await run(transport, rmdirCommand({ folders })).catch((error: unknown) => {
    journal.problem('remove', runFolder, error, false);
    leftovers.push({ kind: 'folder', name: runFolder, remedy: toShell(rmdirCommand({ folders })) });
  });
}

async function lock({ target, transport }: ResolvedOptions): Promise<HostLock & AsyncDisposable> {
  const held = await takeHostLock(transport, lockFileOf(target));
  if (held === undefined) {
    const problem = 'another run writes to this target: wait until it has ended';
    throw new PreflightError([{ option: 'target', value: target, problem }]);
  }
  return { ...held, [Symbol.asyncDispose]: () => held.release() };
}

/** Runs a backup. */
export async function runBackup(
  options: ResolvedOptions,
  { signal, onEvent }: RunRecipeOptions<BackupEvent>,
): Promise<BackupReport> {
  signal?.throwIfAborted();
  const startedAt = new Date();
  const journal = new Journal(onEvent);
  const clients = createClients(options);
  await using held = await lock(options);
  const facts: HostFacts = await journal.step('preflight', options.target, () => preflight(options, clients, signal));
  const runId = createRunId(facts.epochSeconds);
  // Without the lock another run could write to the same target.
  const unlocked = new AbortController();
  void held.lost.then((error) => {
    journal.problem(journal.latest, options.target, error);
    unlocked.abort(error);
  });
  for (const { fullName, volumeGroup, tags } of facts.leftBehind) {
    const message = `${volumeGroup}/${fullName} is left from an earlier run (${tags.join(', ')}): remove it if that run is over`;
    journal.problem('preflight', fullName, new CommandError(message), false);
  }
  const state: RunState = {
    runId,
    options,
    transport: options.transport,
    clients,
    journal,
    signal: signal === undefined ? unlocked.signal : AbortSignal.any([signal, unlocked.signal]),
    facts,
    volumes: facts.volumes.map(untouched),
    domains: facts.domains.map(({ name, state: stateBefore }) => ({
      name,
      stateBefore,
      flushed: false,
      suspended: false,
      pausedMs: undefined,
      runningAfter: undefined,
    })),
    leftovers: [],
  };
  const done = await work(state);
  const report = createReport(state, { startedAt, aborted: signal?.aborted === true, ...done });
  if (report.outcome !== 'success') throw new BackupFailedError(report);
  return report;
}
