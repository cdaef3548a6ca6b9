import type { Recipe } from '../recipe.js';
import { resolveReplicateOptions, type ReplicateOptions } from './options.js';
import { planReplicate, type ReplicatePlan } from './plan.js';
import type { ReplicateEvent, ReplicateReport } from './report.js';
import { runReplicate } from './run.js';

/** The bringing of a target to another pool or host. */
export type Replicate = Recipe<ReplicatePlan, ReplicateReport, ReplicateEvent>;

/**
 * Brings a target and its snapshots to another pool or host, and from then on what changed. What
 * the target holds now gets a snapshot first, `<target>@replica.<epoch>`, unless one has it.
 *
 * It is run again after whatever ended it: what was half-sent goes on from where it was. The next
 * increment begins at a bookmark of the target, so that all snapshots there may be pruned; on the
 * copy a hold, `quiesce:replica`, keeps the newest one. The copy is read-only, and is not mounted
 * by itself.
 *
 * Backups go on meanwhile: only the snapshot is made under the lock of the host. While one writes,
 * the snapshots alone are sent. Of one target one replication goes on at a time. What is being sent
 * is held on the target, and after a failure stays so: the next replication gives those holds up.
 *
 * `run` resolves where the copy has every snapshot that was to be sent. It throws
 * {@link ReplicateFailedError}, with the report, where it has not, and after an abort;
 * {@link HostBusyError} where another replication of the target goes on; {@link PreflightError}
 * where the copy exists and is no copy of the target.
 *
 * @throws {@link PreflightError} for options that no host could make right.
 *
 * @example
 * ```ts
 * const nas = sshTransport({ host: 'nas', user: 'root' });
 * const report = await replicate({
 *   target: 'archives/backups',
 *   to: { dataset: 'offsite/backups', transport: nas },
 *   maximumBytesPerSecond: 20 * 1024 ** 2,
 * }).run({
 *   onEvent: (event) => {
 *     if (event.type === 'progress') console.log(event.sentBytes, event.remainingMs);
 *   },
 * });
 * console.log(report.newest?.snapshot, report.sentBytes);
 * ```
 */
export function replicate(options: ReplicateOptions): Replicate {
  const resolved = resolveReplicateOptions(options);
  return {
    name: 'replicate',
    plan: ({ signal } = {}) => planReplicate(resolved, signal),
    run: (run = {}) => runReplicate(resolved, run),
  };
}
