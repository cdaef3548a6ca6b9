import { CommandError, run } from '@quiesce/command';
import { createRsync, PartialTransferError, type SyncProgress, type SyncResult } from '@quiesce/rsync';
import { firstEntryCommand } from '../../host/folders.js';
import type { CopyReport } from '../report/report.js';
import type { RunState } from '../run-state.js';
import { breakLinksCommand } from './break-links.js';
import { copyOptions, type CopyJob } from './copy-options.js';
import { inCopyUnit, type CopyUnitOptions } from './in-unit.js';
import { firstOf, sortWarnings } from './warnings.js';

const progressEveryMs = 200;

/** An rsync that found nothing in a folder that is not empty has copied nothing. */
async function requireFound(
  { isDry, options, transport }: RunState,
  job: CopyJob,
  { stats }: SyncResult,
): Promise<void> {
  // The folder itself is one.
  if (stats.found.total > 1 || isDry) return;
  const { stdout } = await run(transport, firstEntryCommand({ folder: job.source }), {
    timeoutMs: options.limits.readMs,
  });
  if (stdout === '') return;
  throw new CommandError(`nothing of ${job.source} was copied, and it is not empty: see hostRoot.exclude`);
}

/** What rsync said beside its exit code. What it did not copy makes the copy a failure. */
function noteWarnings({ journal }: RunState, job: CopyJob, { vanishedFiles, warnings }: SyncResult): void {
  if (vanishedFiles.length > 0) {
    const error = new CommandError(
      `vanished while they were copied: ${firstOf(vanishedFiles.map(({ path }) => path))}`,
    );
    journal.problem(job.step, job.subject, error, false);
  }
  const { notCopied, others } = sortWarnings(warnings);
  const told = others.filter((line) => !line.includes('has vanished: '));
  if (told.length > 0) journal.problem(job.step, job.subject, new CommandError(`rsync: ${firstOf(told)}`), false);
  if (notCopied.length > 0)
    throw new CommandError(
      `rsync did not copy everything; mend or exclude these, and run again: ${firstOf(notCopied)}`,
    );
}

async function sync(state: RunState, job: CopyJob, task?: CopyUnitOptions['task']): Promise<SyncResult> {
  const { facts, journal, options, runId, transport } = state;
  const rsync = createRsync({
    transport: inCopyUnit(transport, { runId, number: job.number, task }),
    // It runs nothing but the copy.
    checkFeatures: false,
  });
  const syncing = rsync.sync({
    ...copyOptions(options, facts.targetFolder, job),
    signal: state.copySignal,
    timeoutMs: options.limits.copyMs,
  });
  const tell = ({ bytesPerSecond, percentOfKnown: percent, transferredBytes }: SyncProgress): void => {
    const { subject } = job;
    const now = journal.now();
    journal.emit({ type: 'progress', subject, transferredBytes, percent, bytesPerSecond, startedMs: now });
  };
  let toldAt = 0;
  let untold: SyncProgress | undefined;
  try {
    for await (const event of syncing) {
      if (event.type !== 'progress') continue;
      untold = event;
      // With many small files rsync tells of each.
      if (performance.now() - toldAt < progressEveryMs) continue;
      toldAt = performance.now();
      tell(event);
      untold = undefined;
    }
  } finally {
    if (untold !== undefined) tell(untold);
  }
  return syncing;
}

/**
 * Copies, and files of the host that rsync could not deal with once more: a log that became shorter
 * while it was read, or what it only manages the second time, as a hard link in place of a folder,
 * with ACLs.
 */
async function syncWhole(state: RunState, job: CopyJob): Promise<SyncResult> {
  return sync(state, job).catch((error: unknown) => {
    if (!job.isLive || !PartialTransferError.isInstance(error)) throw error;
    return sync(state, job, 'again');
  });
}

/**
 * Parts what is linked in the copy and not in the source any more: rsync would write one through
 * the other.
 */
async function breakLinks({ copySignal, facts, options, runId, transport }: RunState, job: CopyJob): Promise<void> {
  const command = breakLinksCommand({ source: job.source, destination: `${facts.targetFolder}/${job.folder}` });
  await run(inCopyUnit(transport, { runId, number: job.number, task: 'links' }), command, {
    ...{ signal: copySignal, timeoutMs: options.limits.copyMs },
  });
}

/** What belongs to one copy. */
export interface CopyHooks {
  /** Done right before: sees to it that the bytes will arrive where they should. */
  readonly open: () => Promise<void>;
  /** Done right after. */
  readonly close?: () => Promise<void>;
  /** Told what came of it. */
  readonly onReport: (report: CopyReport) => void;
}

/** Copies and tells how it gets on. Throws what it failed with, after `onReport` was told. */
export async function copy(state: RunState, job: CopyJob, { close, onReport, open }: CopyHooks): Promise<void> {
  const { copySignal, facts, journal, signal } = state;
  const startedMs = journal.now();
  const report = (outcome: CopyReport['outcome'], stats: CopyReport['stats']): void => {
    const { folder, source } = job;
    const durationMs = journal.now() - startedMs;
    onReport({ source, folder: `${facts.targetFolder}/${folder}`, outcome, startedMs, durationMs, stats });
  };
  await journal.step(job.step, job.subject, async () => {
    try {
      copySignal.throwIfAborted();
      await open();
      await breakLinks(state, job);
      const result = await syncWhole(state, job);
      noteWarnings(state, job, result);
      await requireFound(state, job, result);
      await close?.();
      report('success', result.stats);
    } catch (error) {
      report(signal.aborted ? 'aborted' : 'failed', undefined);
      if (copySignal.aborted && !signal.aborted) throw copySignal.reason;
      throw error;
    }
  });
}
