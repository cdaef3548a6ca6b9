import { CommandError, run } from '@quiesce/command';
import { rmdirCommand } from '../host/folders.js';
import { takeHostLock } from '../host-lock.js';
import { PreflightError } from '../preflight-error.js';
import type { RunRecipeOptions } from '../recipe.js';
import { BackupFailedError } from './backup-failed-error.js';
import { createClients } from './context.js';
import { copy } from './copy.js';
import type { BackupEvent } from './events.js';
import { hostRootJob } from './host-root.js';
import { Journal } from './journal.js';
import { takeSnapshots } from './pause.js';
import { preflight, type HostFacts } from './preflight.js';
import { prepare } from './prepare.js';
import { createRunId } from './run-id.js';
import { createReport } from './create-report.js';
import type { BackupReport, CopyReport } from './report.js';
import type { ResolvedOptions } from './resolve-options.js';
import { byGroup, untouched, type RunState } from './run-state.js';
import { completeTarget, preserveTarget } from './target.js';
import { backUpVolume, cleanUp } from './volume.js';

async function copyHostRoot(state: RunState): Promise<CopyReport | undefined> {
  const job = hostRootJob(state);
  if (job === undefined) return undefined;
  let report: CopyReport | undefined;
  await copy(state, job, (copied) => {
    report = copied;
  }).catch(() => undefined);
  return report;
}

/** The steps of a run, from the first that changes something. What fails is in the journal, and what was made is undone. */
async function work(state: RunState): Promise<{ hostRoot: CopyReport | undefined; zfsSnapshotMade: boolean }> {
  const { journal, options, volumes, signal } = state;
  let zfsSnapshotMade = false;
  let hostRoot: CopyReport | undefined;
  try {
    await prepare(state);
    signal?.throwIfAborted();
    if (volumes.some(({ failed }) => !failed)) await takeSnapshots(state);
    signal?.throwIfAborted();
    await preserveTarget(state);
    zfsSnapshotMade = true;
    await Promise.all(
      byGroup(volumes).map(async (group) => {
        for (const volume of group) await backUpVolume(state, volume);
      }),
    );
    signal?.throwIfAborted();
    hostRoot = await copyHostRoot(state);
    if (!journal.failed) await completeTarget(state);
  } catch (error) {
    // Most is noted where it happened; an abort between two steps is not.
    if (!journal.failed) journal.problem(journal.latest, options.target, error);
  } finally {
    for (const volume of volumes) if (volume.removed === undefined) await cleanUp(state, volume);
    await removeRunFolder(state);
  }
  return { hostRoot, zfsSnapshotMade };
}

async function removeRunFolder({ facts, options, transport }: RunState): Promise<void> {
  const folder = `${options.mountRoot}/${String(facts.epochSeconds)}`;
  // It stays where something below it does, which is in the report.
  await run(transport, rmdirCommand({ folders: [folder] })).catch(() => undefined);
}

function lockFile(target: string): string {
  return `/run/lock/quiesce-${encodeURIComponent(target)}.lock`;
}

async function lock({ target, transport }: ResolvedOptions): Promise<AsyncDisposable> {
  const held = await takeHostLock(transport, lockFile(target));
  if (held === undefined) {
    const problem = 'another run writes to this target: wait until it has ended';
    throw new PreflightError([{ option: 'target', value: target, problem }]);
  }
  return { [Symbol.asyncDispose]: () => held.release() };
}

/** Runs a backup. */
export async function runBackup(options: ResolvedOptions, { signal, onEvent }: RunRecipeOptions<BackupEvent>): Promise<BackupReport> {
  signal?.throwIfAborted();
  const startedAt = new Date();
  const journal = new Journal(onEvent);
  const clients = createClients(options);
  await using _lock = await lock(options);
  const facts: HostFacts = await journal.step('preflight', options.target, () => preflight(options, clients, signal));
  const runId = createRunId(facts.epochSeconds);
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
    signal,
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
  const report = createReport(state, { startedAt, ...done });
  if (report.outcome !== 'success') throw new BackupFailedError(report);
  return report;
}
