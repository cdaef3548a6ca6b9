import type { Command } from '@quiesce/command';
import { createZfs, zfsDestroyCommand, type Zfs } from '@quiesce/zfs';
import { partsOf, snapshotsAtOnce } from './batches.js';
import type { KeepRules } from './keep.js';
import { look, shortName } from './look.js';
import type { ResolvedPruneOptions } from './options.js';
import { planToShell } from './plan-to-shell.js';
import type { KeptSnapshot, PolicyWarning } from './policy.js';

/** What `run` of {@link pruneSnapshots} would destroy. Everything but `toShell` is data. */
export interface PrunePlan {
  readonly version: 1;
  readonly recipe: 'pruneSnapshots';
  readonly target: string;
  readonly keep: KeepRules;
  readonly timeZone: string;
  /** When the host was looked at, by its own clock. */
  readonly at: Date;
  /** Every snapshot of the target, the newest first. */
  readonly snapshots: readonly KeptSnapshot[];
  /**
   * What becomes free when those go that are not kept, in bytes: more than the sum of their
   * `usedBytes`, since that leaves out what several share.
   */
  readonly freesBytes: number;
  readonly warnings: readonly PolicyWarning[];
  /** What destroys them. zfs destroys all that one command names, or none. */
  readonly destroy: readonly Command[];
  /** A shell script that does the same, to read, to keep and to run by hand. */
  toShell(): string;
}

// A word of a command line holds 128 KiB, and a name 255 bytes: all of them at once tell best.
const askedAtOnce = 400;

/** What becomes free when snapshots of a target go, in bytes. */
async function freedBy(
  zfs: Zfs,
  names: readonly string[],
  { limits, signal, target: dataset }: Pick<ResolvedPruneOptions, 'target' | 'limits'> & { signal?: AbortSignal },
): Promise<number> {
  let bytes = 0;
  for (const part of partsOf(names, askedAtOnce)) {
    const call = { signal, timeoutMs: limits.readMs };
    const { reclaimedBytes } = await zfs.destroy({ ...call, dataset, snapshots: part.map(shortName), dryRun: true });
    bytes += reclaimedBytes ?? 0;
  }
  return bytes;
}

/** Looks which snapshots would go. */
export async function planPrune(options: ResolvedPruneOptions, signal?: AbortSignal): Promise<PrunePlan> {
  const { keep, limits, target, timeZone, transport } = options;
  const zfs = createZfs({ transport });
  const { now, snapshots, warnings } = await look(options, zfs, signal);
  // The oldest first, as run destroys them.
  const names = snapshots.filter((one) => !one.keep).map(({ name }) => name);
  names.reverse();
  const parts = partsOf(names.map(shortName), snapshotsAtOnce);
  const destroy = parts.map((part) => zfsDestroyCommand({ dataset: target, snapshots: part }));
  const plan: Omit<PrunePlan, 'toShell'> = {
    ...{ version: 1, recipe: 'pruneSnapshots', target, keep, timeZone, at: now, snapshots },
    freesBytes: await freedBy(zfs, names, { limits, target, ...(signal !== undefined && { signal }) }),
    ...{ warnings, destroy },
  };
  return { ...plan, toShell: () => planToShell(target, parts, warnings) };
}
