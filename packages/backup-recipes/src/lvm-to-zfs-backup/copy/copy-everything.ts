import type { Taken } from '../pause/pause.js';
import type { CopyReport } from '../report/report.js';
import { byGroup, type RunState } from '../run-state.js';
import { copy } from './copy.js';
import { completeFolder, openFolder, proveFolder } from './folder.js';
import { hostRootJobs } from './host-root.js';
import { removeFolders } from './remove-folders.js';
import { completeTarget, preserveTarget } from './target.js';
import { cleanUp, copyVolume } from './volume.js';
import { watchPool } from './watch-pool.js';

/** What came of copying. */
export interface Done {
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

/** Does what comes after the pause, while somebody looks after the pool. */
export async function copyWatched(state: RunState, taken: Taken, stopCopies: AbortController): Promise<Done> {
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
