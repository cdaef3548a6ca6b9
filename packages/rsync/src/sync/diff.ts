import type { CommandRunner } from '@quiesce/command';
import type { FeatureCheck } from '../features/feature-check.js';
import type { SyncDifference } from '../output/itemized-change.js';
import type { RunPlan } from './follow.js';
import { startRun } from './sync-run.js';

/** Runs what {@link Rsync.diffStream} runs. */
export async function* streamDiff(
  rsync: CommandRunner,
  plan: () => RunPlan,
  check: FeatureCheck,
): AsyncGenerator<SyncDifference, void, undefined> {
  for await (const event of startRun(rsync, plan, check)) {
    if (event.type === 'change') yield event as SyncDifference;
  }
}

/** Runs what {@link Rsync.diff} runs. */
export async function readDiff(
  rsync: CommandRunner,
  plan: () => RunPlan,
  check: FeatureCheck,
): Promise<SyncDifference[]> {
  const found: SyncDifference[] = [];
  for await (const difference of streamDiff(rsync, plan, check)) found.push(difference);
  return found;
}
