import type { SyncOptions } from '@quiesce/rsync';
import type { CopyReport } from './report.js';
import type { RunState } from './run-state.js';

const progressEveryMs = 200;

/** What to copy where. */
export interface CopyJob {
  /** The volume or folder that it is, for events. */
  readonly subject: string;
  readonly step: 'copy' | 'host-root';
  readonly source: string;
  readonly folder: string;
  readonly exclude: readonly string[];
  /** A live file system changes while it is copied; a snapshot does not. */
  readonly vanishedFiles: 'error' | 'warn';
}

/** The options of rsync for one copy. */
export function copyOptions(
  state: Pick<RunState, 'options'>,
  job: Pick<CopyJob, 'source' | 'folder' | 'exclude' | 'vanishedFiles'>,
): SyncOptions {
  return {
    ...state.options.copy,
    // To the nanosecond: rsync would skip an image that was written again within the second of its last copy.
    modifyWindowSeconds: -1,
    source: job.source.endsWith('/') ? job.source : `${job.source}/`,
    destination: `${job.folder}/`,
    ...(job.exclude.length > 0 && { excludes: job.exclude }),
    vanishedFiles: job.vanishedFiles,
  };
}

/** Copies and tells how it gets on. Throws what rsync failed with, after `onReport` was told. */
export async function copy(state: RunState, job: CopyJob, onReport: (report: CopyReport) => void): Promise<void> {
  const { journal, signal, clients } = state;
  const startedAt = performance.now();
  const report = (outcome: CopyReport['outcome'], stats: CopyReport['stats']): void => {
    onReport({ folder: job.folder, outcome, durationMs: Math.round(performance.now() - startedAt), stats });
  };
  await journal.step(job.step, job.subject, async () => {
    try {
      signal?.throwIfAborted();
      const run = clients.rsync.sync({ ...copyOptions(state, job), signal });
      let toldAt = 0;
      for await (const event of run) {
        // With many small files rsync tells of each.
        if (event.type !== 'progress' || performance.now() - toldAt < progressEveryMs) continue;
        toldAt = performance.now();
        const { transferredBytes, percent, bytesPerSecond } = event;
        journal.emit({ type: 'progress', subject: job.subject, transferredBytes, percent, bytesPerSecond });
      }
      const { stats, vanishedFiles } = await run;
      report('success', stats);
      if (vanishedFiles.length > 0) {
        const names = vanishedFiles.slice(0, 10).join(', ');
        journal.problem(job.step, job.subject, new Error(`vanished while they were copied: ${names}`), false);
      }
    } catch (error) {
      report(signal?.aborted === true ? 'aborted' : 'failed', undefined);
      throw error;
    }
  });
}
