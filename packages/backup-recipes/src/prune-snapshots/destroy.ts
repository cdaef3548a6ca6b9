import type { CallOptions } from '@quiesce/command';
import { DatasetBusyError, DatasetHasDependentsError, DatasetNotFoundError, type Zfs } from '@quiesce/zfs';
import { partsOf, snapshotsAtOnce } from './batches.js';
import { shortName } from './look.js';

/** What became of snapshots that were to go. */
export interface Destruction {
  readonly destroyed: Set<string>;
  /** Somebody else destroyed them meanwhile. */
  readonly gone: Set<string>;
  freedBytes: number;
}

/** What the destroying goes by. */
export interface DestroyOptions extends CallOptions {
  readonly zfs: Zfs;
  readonly dataset: string;
  /** Does a step, notes what it failed with, and tells that. */
  readonly attempt: (subject: string, body: () => Promise<void>) => Promise<{ error: unknown } | undefined>;
}

/** One that is held, cloned or in use keeps back all that are destroyed with it, and only them. */
const isOfOne = (error: unknown): boolean =>
  DatasetBusyError.isInstance(error) || DatasetHasDependentsError.isInstance(error);

async function destroyTogether(
  names: readonly string[],
  { dataset, zfs, signal, timeoutMs }: DestroyOptions,
  result: Destruction,
): Promise<void> {
  const call: CallOptions = { signal, timeoutMs };
  try {
    const found = await zfs.destroy({ ...call, dataset, snapshots: names.map(shortName) });
    for (const name of found.names) result.destroyed.add(name);
    result.freedBytes += found.reclaimedBytes ?? 0;
    // Of those that are not there zfs says nothing. Nor does it say anything in a dry run.
    if (found.names.length === 0) return;
    for (const name of names) if (!result.destroyed.has(name)) result.gone.add(name);
  } catch (error) {
    if (!DatasetNotFoundError.isInstance(error)) throw error;
    for (const name of names) result.gone.add(name);
  }
}

/**
 * Destroys snapshots of a dataset, the given order first, and none of its descendants' or clones.
 * Where one of them can't go, the others do. It stops at any other failure.
 */
export async function destroyAll(names: readonly string[], options: DestroyOptions): Promise<Destruction> {
  const result: Destruction = { destroyed: new Set(), gone: new Set(), freedBytes: 0 };
  const parts = partsOf(names, snapshotsAtOnce);
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const together = part;
    const subject = together.length === 1 ? (together[0] ?? '') : `${String(together.length)} snapshots`;
    let isHalved = false;
    const failed = await options.attempt(subject, async () => {
      options.signal?.throwIfAborted();
      await destroyTogether(together, options, result).catch((error: unknown) => {
        if (together.length === 1 || !isOfOne(error)) throw error;
        isHalved = true;
      });
    });
    if (isHalved) parts.unshift(...partsOf(together, Math.ceil(together.length / 2)));
    if (failed !== undefined && !isOfOne(failed.error)) return result;
  }
  return result;
}
