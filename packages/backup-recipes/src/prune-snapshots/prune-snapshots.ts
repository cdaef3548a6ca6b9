import type { Recipe } from '../recipe.js';
import { resolvePruneOptions, type PruneSnapshotsOptions } from './options.js';
import { planPrune, type PrunePlan } from './plan.js';
import type { PruneEvent, PruneReport } from './report.js';
import { runPrune } from './run.js';

/** The pruning of the snapshots that backups left on their target. */
export type PruneSnapshots = Recipe<PrunePlan, PruneReport, PruneEvent>;

/**
 * Destroys the snapshots of a target that no rule keeps, as those of nights long ago. Only what
 * runs of ours made may go: snapshots of others, held ones and cloned ones stay. The newest
 * complete one always stays, and nothing goes where no complete backup would remain.
 *
 * A snapshot is of the time of the run whose data it holds. In each period the best one is kept:
 * one that was verified as whole before another that is complete, that before an incomplete one,
 * and one that is known to be damaged last; of equals the newest. A number counts periods that hold
 * a complete one. Of periods since then that hold none as many are kept besides.
 *
 * `run` looks again, under the lock of the host. It throws {@link HostBusyError} where a run is
 * under way, and {@link PruneFailedError} with the report where one that should go is in use, or
 * after an abort. One that is gone already is no failure.
 *
 * @throws {@link PreflightError} for options that no host could make right; from `plan` and `run`
 * where the target is not mounted.
 *
 * @example
 * ```ts
 * const prune = pruneSnapshots({
 *   target: 'archives/backups',
 *   keep: { daily: 7, weekly: 5, monthly: 12, yearly: 10 },
 *   timeZone: 'Europe/Berlin',
 * });
 * console.log(pruneToText(await prune.plan()));
 * const { freedBytes } = await prune.run();
 * ```
 */
export function pruneSnapshots(options: PruneSnapshotsOptions): PruneSnapshots {
  const resolved = resolvePruneOptions(options);
  return {
    name: 'pruneSnapshots',
    plan: ({ signal } = {}) => planPrune(resolved, signal),
    run: (run = {}) => runPrune(resolved, run),
  };
}
