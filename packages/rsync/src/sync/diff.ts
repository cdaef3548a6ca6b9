import type { CommandRunner } from '@quiesce/command';
import type { SyncDifference } from '../output/itemized-change.js';
import type { RsyncDiffOptions } from './diff-options.js';
import { planDiff } from './plans.js';
import { startRun } from './sync-run.js';

/** Runs what {@link Rsync.diffStream} runs. */
export async function* streamDiff(
  rsync: CommandRunner,
  options: RsyncDiffOptions,
  timeoutMs: number | undefined,
): AsyncGenerator<SyncDifference, void, undefined> {
  const plan = planDiff(options, timeoutMs);
  for await (const event of startRun(rsync, () => plan)) {
    if (event.type === 'change') yield event as SyncDifference;
  }
}

/** Runs what {@link Rsync.diff} runs. */
export async function readDiff(
  rsync: CommandRunner,
  options: RsyncDiffOptions,
  timeoutMs: number | undefined,
): Promise<SyncDifference[]> {
  const found: SyncDifference[] = [];
  for await (const difference of streamDiff(rsync, options, timeoutMs)) found.push(difference);
  return found;
}
