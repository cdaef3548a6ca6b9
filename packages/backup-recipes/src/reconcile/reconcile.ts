import type { Recipe } from '../recipe.js';
import { resolveReconcileOptions, type ReconcileOptions } from './options.js';
import { planReconcile, type ReconcilePlan } from './plan.js';
import type { ReconcileEvent, ReconcileReport } from './report.js';
import { runReconcile } from './run.js';

/** The undoing of what runs that are over left on a host. */
export type Reconcile = Recipe<ReconcilePlan, ReconcileReport, ReconcileEvent>;

/**
 * Returns a host to clean after runs that could not undo everything themselves, as when their
 * process was killed or the host was cut off: guests that they left paused are resumed, their units
 * ended, their mounts, snapshots and folders removed. All of it is found by what the objects
 * themselves carry, so it works from any machine, and again and again. A run that is under way is
 * left alone. Every backup does this first.
 *
 * `run` resolves to the report of a host on which nothing is left. It throws {@link HostBusyError}
 * where a run is under way, and {@link ReconcileFailedError} with the report where something is
 * left, or may be.
 *
 * @throws {@link PreflightError} for options that no host could make right.
 *
 * @example
 * ```ts
 * const { found } = await reconcile().plan();
 * for (const { kind, name, runId } of found) console.log(`${kind} ${name} of run ${runId}`);
 * const { undone } = await reconcile().run();
 * ```
 */
export function reconcile(options: ReconcileOptions = {}): Reconcile {
  const resolved = resolveReconcileOptions(options);
  return {
    name: 'reconcile',
    plan: ({ signal } = {}) => planReconcile(resolved, signal),
    run: (run = {}) => runReconcile(resolved, run),
  };
}
