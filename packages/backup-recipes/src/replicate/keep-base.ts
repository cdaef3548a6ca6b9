import { DatasetExistsError, DatasetNotFoundError } from '@quiesce/zfs';
import { provenanceProperties, provenancePropertyNames, type Provenance } from '../target/provenance.js';
import { bookmarkPrefix } from './names.js';
import type { Side, SidePlace } from './read-side.js';
import { changing, type ReplicateState } from './state.js';

const isSame = (one: Provenance, other: Provenance): boolean =>
  one.runId === other.runId && one.complete === other.complete;

/**
 * A stream that can be resumed brings no properties, so they are set on the other side: those of
 * each snapshot, and of the copy itself those of the newest one, whose data it holds.
 */
export async function markCopy(state: ReplicateState, source: Side, copy: Side): Promise<void> {
  const told = new Map(source.snapshots.map(({ guid, provenance }) => [guid, provenance]));
  for (const { guid, name, provenance } of copy.snapshots) {
    const { complete, runId } = told.get(guid) ?? provenance;
    if (runId === undefined || isSame({ runId, complete }, provenance)) continue;
    const properties = provenanceProperties({ runId, complete: complete === true });
    await state.copy.set({ ...changing(state), datasets: name, properties });
  }
  const newest = copy.snapshots.at(-1);
  const now = told.get(newest?.guid ?? '') ?? newest?.provenance;
  if (now === undefined || isSame(now, copy.provenance)) return;
  const call = { ...changing(state), datasets: copy.dataset };
  if (now.runId !== undefined) {
    const properties = provenanceProperties({ runId: now.runId, complete: now.complete === true });
    await state.copy.set({ ...call, properties });
    return;
  }
  // Somebody else made it: only its files tell.
  for (const property of provenancePropertyNames) await state.copy.inherit({ ...call, property });
}

/**
 * Keeps what the next increment begins at as a bookmark of the target, which needs no space and
 * outlives the snapshot. Then the bookmarks for this copy before it go.
 *
 * @returns The bookmark.
 */
export async function keepBase(state: ReplicateState, source: Side, copy: Side, base: SidePlace): Promise<string> {
  const call = changing(state);
  const prefix = bookmarkPrefix(source.dataset, copy.guid);
  const bookmark = `${prefix}${String(Math.floor((base.createdAt?.getTime() ?? 0) / 1000))}`;
  const ours = source.bookmarks.filter(({ name }) => name.startsWith(prefix));
  const there = ours.find(({ name }) => name === bookmark);
  const destroy = async (name: string): Promise<void> => {
    try {
      await state.source.destroy({ ...call, bookmark: name });
    } catch (error) {
      if (!DatasetNotFoundError.isInstance(error)) throw error;
    }
  };
  if (there?.guid !== base.guid) {
    // Two snapshots of one second.
    if (there !== undefined) await destroy(bookmark);
    await state.source.bookmark({ ...call, source: base.name, bookmark }).catch((error: unknown) => {
      if (!DatasetExistsError.isInstance(error)) throw error;
    });
  }
  for (const { name } of ours) if (name !== bookmark) await destroy(name);
  return bookmark;
}
