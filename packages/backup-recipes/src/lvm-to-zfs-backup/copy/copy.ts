import { copyOptions, type CopyJob } from './copy-options.js';
import type { CopyReport } from '../report/report.js';
import type { RunState } from '../run-state.js';

const progressEveryMs = 200;

/** Copies and tells how it gets on. Throws what rsync failed with, after `onReport` was told. */
export async function copy(state: RunState, job: CopyJob, onReport: (report: CopyReport) => void): Promise<void> {
  const { journal, signal, clients } = state;
  const startedMs = journal.now();
  const report = (outcome: CopyReport['outcome'], stats: CopyReport['stats']): void => {
    onReport({ folder: job.folder, outcome, startedMs, durationMs: journal.now() - startedMs, stats });
  };
  await journal.step(job.step, job.subject, async () => {
    try {
      signal.throwIfAborted();
      const run = clients.rsync.sync({ ...copyOptions(state, job), signal });
      let toldAt = 0;
      for await (const event of run) {
        // With many small files rsync tells of each.
        if (event.type !== 'progress' || performance.now() - toldAt < progressEveryMs) continue;
        toldAt = performance.now();
        const { transferredBytes, percent, bytesPerSecond } = event;
        const { subject } = job;
        const now = journal.now();
        journal.emit({ type: 'progress', subject, transferredBytes, percent, bytesPerSecond, startedMs: now });
      }
      const { stats, vanishedFiles } = await run;
      report('success', stats);
      if (vanishedFiles.length > 0) {
        const names = vanishedFiles.slice(0, 10).join(', ');
        journal.problem(job.step, job.subject, new Error(`vanished while they were copied: ${names}`), false);
      }
    } catch (error) {
      report(signal.aborted ? 'aborted' : 'failed', undefined);
      throw error;
    }
  });
}
