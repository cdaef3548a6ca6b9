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
  /** Does a step. What it throws is noted and thrown on. */
  readonly step: <Result>(subject: string, body: () => Promise<Result>) => Promise<Result>;
}

/** One that is held, cloned or in use keeps back all that are destroyed with it, and only them. */
const isOfOne = (error: unknown): boolean =>
  DatasetBusyError.isInstance(error) || DatasetHasDependentsError.isInstance(error);

/** Whether they could not go together, so that none went, and some of them can. */
async function destroyTogether(
  names: readonly string[],
  { dataset, signal, timeoutMs, zfs }: DestroyOptions,
  result: Destruction,
): Promise<boolean> {
  signal?.throwIfAborted();
  const call: CallOptions = { signal, timeoutMs };
  try {
    const found = await zfs.destroy({ ...call, dataset, snapshots: names.map(shortName) });
    for (const name of found.names) result.destroyed.add(name);
    result.freedBytes += found.reclaimedBytes ?? 0;
    // Of those that are not there zfs says nothing. A dry run says nothing of any.
    const gone = found.names.length === 0 ? [] : names.filter((name) => !result.destroyed.has(name));
    for (const name of gone) result.gone.add(name);
  } catch (error) {
    if (isOfOne(error) && names.length > 1) return true;
    // Where the dataset itself is not there, its pool may be exported, and they are in it.
    if (!DatasetNotFoundError.isInstance(error) || error.dataset === dataset) throw error;
    for (const name of names) result.gone.add(name);
  }
  return false;
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
    try {
      const isRefused = await options.step(subject, () => destroyTogether(together, options, result));
      if (isRefused) parts.unshift(...partsOf(together, Math.ceil(together.length / 2)));
    } catch (error) {
      if (!isOfOne(error)) break;
    }
  }
  return result;
}
