import type { CallOptions } from '@quiesce/command';
import type { Zfs } from '../create-zfs.js';
import { DatasetNotFoundError } from '../errors/dataset-errors.js';
import { sourceOf, type ZfsSendSnapshotOptions } from './send.js';

/** What is sent. */
type Sent = Omit<ZfsSendSnapshotOptions, 'excludedDatasets'>;

/** A snapshot, and the numbers by which it is known. */
interface Snapshot {
  readonly name: string;
  readonly guid: string;
  readonly createtxg: number;
}

/** Undefined for what does not exist. */
export async function unlessNotFound<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (DatasetNotFoundError.isInstance(error)) return undefined;
    throw error;
  }
}

/** The number that a snapshot and its copies have, and no other. */
export async function guidOf(zfs: Zfs, snapshot: string, call: CallOptions): Promise<string | undefined> {
  const found = await zfs.get({ ...call, datasets: snapshot, properties: 'guid' });
  return found[snapshot]?.guid?.value;
}

/** Whether a stream has more in it than snapshots. zfs can't send the rest of such a one. */
export function isPackage({ holds, properties, receivedProperties, replicate }: Sent): boolean {
  return [holds, properties, receivedProperties, replicate].includes(true);
}

/** The snapshots of a dataset, from the oldest to the newest. */
async function snapshotsOf(zfs: Zfs, dataset: string, call: CallOptions): Promise<Snapshot[]> {
  const options = { ...call, datasets: dataset, types: 'snapshot', properties: ['guid', 'createtxg'] } as const;
  const snapshots = Object.entries(await zfs.get(options)).map(([name, { createtxg, guid }]) => ({
    name,
    guid: guid?.value ?? '',
    createtxg: createtxg?.value ?? 0,
  }));
  return snapshots.sort((a, b) => a.createtxg - b.createtxg);
}

/** What `intermediates` sends, with what it begins at where that is of the same dataset. */
export async function sentSnapshots(source: Zfs, sent: Sent, call: CallOptions): Promise<Snapshot[]> {
  const all = await snapshotsOf(source, sent.snapshot.split('@')[0] ?? '', call);
  const first = all.findIndex(({ name }) => name === sourceOf(sent.incrementalFrom ?? '', sent.snapshot));
  const last = all.findIndex(({ name }) => name === sent.snapshot);
  return all.slice(Math.max(first, 0), last + 1);
}

/** Of what `intermediates` sends, the newest that is there already. */
export async function newestOfBoth(
  { dataset, sent, source, target }: { dataset: string; sent: Sent; source: Zfs; target: Zfs },
  call: () => CallOptions,
): Promise<string | undefined> {
  const there = await unlessNotFound(snapshotsOf(target, dataset, call()));
  if (there === undefined) return undefined;
  const guids = new Set(there.map(({ guid }) => guid));
  const here = await sentSnapshots(source, sent, call());
  return here.slice(0, -1).findLast(({ guid }) => guids.has(guid))?.name;
}
