import { runOfBootName } from '../boot-test/names.js';
import type { PreflightProblem } from '../preflight-error.js';
import type { Side, SidePlace, SideSnapshot } from './read-side.js';

/** One stream that is to be sent. */
export interface Transfer {
  /** The snapshot of the target that it leads to. */
  readonly snapshot: string;
  /** The snapshot or bookmark of the target that it begins at. Undefined for all of it. */
  readonly incrementalFrom: string | undefined;
  /** Whether the snapshots between the two go with it. */
  readonly intermediates: boolean;
}

/** What is to be sent. */
export interface Sending {
  /** The newest that both sides have: a snapshot or a bookmark of the target. */
  readonly base: SidePlace | undefined;
  /** What the copy will get, the oldest first. */
  readonly snapshots: readonly SideSnapshot[];
  readonly transfers: readonly Transfer[];
}

/** The newest snapshot of the copy that the target knows, by the target's name for it. */
function baseOf(source: Side, copy: Side | undefined): SidePlace | undefined {
  // A snapshot is better than a bookmark of it: what lies between can be sent with it.
  const known = new Map([...source.bookmarks, ...source.snapshots].map((place) => [place.guid, place]));
  const newest = copy?.snapshots.findLast(({ guid }) => known.has(guid));
  return newest === undefined ? undefined : known.get(newest.guid);
}

/** Whether a snapshot is one that goes with the boot test that made it. */
export function isOfBootTest({ name }: { readonly name: string }): boolean {
  return runOfBootName(name.replace(/^[^@]*@/, '')) !== undefined;
}

/** What brings a copy to where the target is. Snapshots of boot tests stay where they are. */
export function planTransfers(source: Side, copy: Side | undefined): Sending {
  const base = baseOf(source, copy);
  const missing = source.snapshots.filter(({ createtxg }) => base === undefined || createtxg > base.createtxg);
  const snapshots = missing.filter((snapshot) => !isOfBootTest(snapshot));
  const transfers: Transfer[] = [];
  let from = base?.name;
  // One stream holds several snapshots where it begins at a snapshot and nothing between stays.
  let isJoined = from?.includes('@') === true;
  for (const snapshot of missing) {
    const { name } = snapshot;
    if (isOfBootTest(snapshot)) {
      isJoined = false;
      continue;
    }
    const last = transfers.at(-1);
    if (isJoined && last?.intermediates === true) transfers.splice(-1, 1, { ...last, snapshot: name });
    else transfers.push({ snapshot: name, incrementalFrom: from, intermediates: isJoined });
    from = name;
    isJoined = true;
  }
  return { base, snapshots, transfers };
}

/** What a copy has after the newest that both have, the oldest first: a rollback destroys it. */
export function snapshotsGivenUp(source: Side, copy: Side | undefined): readonly SideSnapshot[] {
  const base = baseOf(source, copy);
  if (base === undefined || copy === undefined) return [];
  return copy.snapshots.slice(copy.snapshots.findIndex(({ guid }) => guid === base.guid) + 1);
}

/** Why a dataset can't become a copy of the target, or go on as one. */
export function copyProblems(source: Side, copy: Side | undefined, rollback: boolean): PreflightProblem[] {
  if (copy === undefined) return [];
  const refuse = (problem: string): PreflightProblem[] => [{ option: 'to.dataset', value: copy.dataset, problem }];
  const newest = copy.snapshots.at(-1);
  if (newest === undefined) {
    // Receiving over it would remove whatever files it holds.
    if (copy.copyOf === source.guid) return [];
    return refuse(
      `it exists and is no copy of ${source.dataset}: name one that does not exist yet, or look what it holds and remove it yourself (zfs destroy)`,
    );
  }
  const base = baseOf(source, copy);
  if (base === undefined) {
    return refuse(
      `it has no snapshot that ${source.dataset} has or has a bookmark of, so it is no copy of it, or one too old to go on: name one that does not exist yet`,
    );
  }
  const after = snapshotsGivenUp(source, copy);
  if (after.length === 0 || rollback) return [];
  const names = after.map(({ name }) => name).join(', ');
  const isBackup = after.some(({ provenance }) => provenance.runId !== undefined);
  const what = isBackup
    ? `snapshots of backups that ${source.dataset} does not have any more, and they may be your newest backups: look at both (listBackups) before rollback: true destroys them`
    : `snapshots that ${source.dataset} does not have, which rollback: true destroys`;
  return refuse(`after ${base.name} it has ${what}: ${names}`);
}
