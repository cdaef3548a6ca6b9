import { toShell, type CallOptions } from '@quiesce/command';
import { HoldExistsError, HoldNotFoundError, zfsReleaseCommand, type Hold, type Zfs } from '@quiesce/zfs';
import { copyTag, isSendTag, sendTag } from './names.js';
import type { Side, SideSnapshot } from './read-side.js';
import { changing, reading, type ReplicateState } from './state.js';

// A list of names is part of one word where ssh is on the way.
const atOnce = 200;

function* batchesOf<Thing>(things: readonly Thing[]): Generator<readonly Thing[]> {
  for (let first = 0; first < things.length; first += atOnce) yield things.slice(first, first + atOnce);
}

async function holdsOf(zfs: Zfs, snapshots: readonly SideSnapshot[], call: CallOptions): Promise<Hold[]> {
  const found: Hold[] = [];
  for (const batch of batchesOf(snapshots.filter(({ holds }) => holds > 0))) {
    found.push(...(await zfs.holds({ ...call, snapshots: batch.map(({ name }) => name) })));
  }
  return found;
}

async function release(zfs: Zfs, holds: readonly Pick<Hold, 'snapshot' | 'tag'>[], call: CallOptions): Promise<void> {
  for (const tag of new Set(holds.map((hold) => hold.tag))) {
    for (const batch of batchesOf(holds.filter((hold) => hold.tag === tag))) {
      await zfs.release({ ...call, tag, snapshots: batch.map(({ snapshot }) => snapshot) }).catch((error: unknown) => {
        if (!HoldNotFoundError.isInstance(error)) throw error;
      });
    }
  }
}

/**
 * Holds what is about to be sent, so that nobody removes it on the way. Then the holds of runs that
 * are over are given up: the lock of the target is held, so all others are.
 */
export async function holdSending(state: ReplicateState, source: Side, names: readonly string[]): Promise<void> {
  const tag = sendTag(state.runId);
  for (const batch of batchesOf(names)) await state.source.hold({ ...changing(state), tag, snapshots: batch });
  const holds = await holdsOf(state.source, source.snapshots, reading(state));
  const dead = holds.filter((hold) => isSendTag(hold.tag) && hold.tag !== tag);
  await release(state.source, dead, changing(state));
}

/** Gives up what {@link holdSending} holds, also after an abort. */
export async function releaseSending(state: ReplicateState, names: readonly string[]): Promise<void> {
  const tag = sendTag(state.runId);
  const holds = names.map((snapshot) => ({ snapshot, tag }));
  await release(state.source, holds, { timeoutMs: state.options.limits.zfsMs });
}

/** What gives up a hold of {@link holdSending}. */
export function releaseRemedy(runId: string, snapshot: string): string {
  return toShell(zfsReleaseCommand({ tag: sendTag(runId), snapshots: snapshot }));
}

/** Holds the newest snapshot of the copy, and then gives up the holds on older ones. */
export async function holdCopy(state: ReplicateState, copy: Side, newest: string): Promise<void> {
  await state.copy.hold({ ...changing(state), tag: copyTag, snapshots: newest }).catch((error: unknown) => {
    if (!HoldExistsError.isInstance(error)) throw error;
  });
  const holds = await holdsOf(state.copy, copy.snapshots, reading(state));
  const old = holds.filter((hold) => hold.tag === copyTag && hold.snapshot !== newest);
  await release(state.copy, old, changing(state));
}
