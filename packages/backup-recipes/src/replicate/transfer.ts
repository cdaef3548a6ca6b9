import { CommandError, createCommand, toShell } from '@quiesce/command';
import { verifyBackup } from '../verify-backup/verify-backup.js';
import { VerifyFailedError } from '../verify-backup/verify-failed-error.js';
import { holdCopy, holdSending, releaseRemedy, releaseSending } from './holds.js';
import { keepBase, markCopy } from './keep-base.js';
import { makeSnapshot } from './make-snapshot.js';
import { sendTag } from './names.js';
import { planTransfers, snapshotsGivenUp, type Sending } from './plan-transfers.js';
import { send } from './send.js';
import type { ReplicateState } from './state.js';
import { readSides, type Sides } from './survey.js';

/** Sees to it that the copy has the very snapshots that were sent. */
function compare({ snapshots }: Sending, { copy, source }: Sides): void {
  const there = new Map(copy?.snapshots.map(({ guid, name }) => [name.replace(/^.*@/, ''), guid]));
  const missing = snapshots.filter(({ guid, name }) => there.get(name.replace(/^.*@/, '')) !== guid);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  throw new CommandError(`the copy of ${source.dataset} does not have the same: ${names}`);
}

/** Sends all that is to be sent, and sees to it that the next increment has where to begin. */
async function sendAndKeep(state: ReplicateState, sides: Sides, sending: Sending): Promise<boolean> {
  const { done, journal, options } = state;
  const { target, to } = options;
  const givenUp = snapshotsGivenUp(sides.source, sides.copy).map(({ name }) => name);
  for (const transfer of sending.transfers) {
    await send(state, sides.source, transfer);
    // The first stream that is received goes back to where both are the same.
    done.givenUp = givenUp;
  }
  const { copy, source } = await journal.step('compare', to.dataset, async () => {
    const found = await readCopy(state);
    compare(sending, found);
    return found;
  });
  done.sent = sending.snapshots;
  const newest = copy.snapshots.at(-1);
  const base = sending.snapshots.at(-1) ?? sending.base;
  const kept = copy.snapshots.find(({ guid }) => guid === base?.guid);
  if (sending.transfers.length === 0 && givenUp.length > 0 && kept !== undefined) {
    const remedy = toShell(createCommand('zfs', ['rollback', '-r', kept.name]));
    throw new CommandError(
      `nothing was to be sent, so nothing took the place of what is on the copy alone (${givenUp.join(', ')}): run it again after the next backup, or on the copy's host: ${remedy}`,
    );
  }
  if (newest === undefined || newest.guid !== base?.guid) {
    throw new CommandError(`the newest snapshot of ${to.dataset} is not that of ${target}: somebody made one there`);
  }
  const told = source.snapshots.find(({ guid }) => guid === newest.guid);
  done.newest = { name: newest.name, guid: newest.guid, provenance: told?.provenance ?? newest.provenance };
  await journal.step('mark', to.dataset, () => markCopy(state, source, copy));
  await journal.step('keep', newest.name, async () => {
    await holdCopy(state, copy, newest.name);
    done.base = await keepBase(state, source, copy, base);
  });
  return copy.isMounted;
}

/** Brings the copy to where the target is. Returns whether it is mounted. */
async function sendHeld(state: ReplicateState, sides: Sides): Promise<boolean> {
  const { done, journal, options, runId } = state;
  const { target } = options;
  const sending = planTransfers(sides.source, sides.copy);
  const base = sending.base?.name.includes('@') === true ? [sending.base.name] : [];
  const names = sending.transfers.length === 0 ? [] : [...base, ...sending.snapshots.map(({ name }) => name)];
  let isBegun = false;
  let isKept = false;
  try {
    await journal.step('hold', target, () => holdSending(state, sides.source, names));
    isBegun = true;
    const isMounted = await sendAndKeep(state, sides, sending);
    isKept = true;
    return isMounted;
  } finally {
    // What is half-sent must stay, so that the next run can send the rest; and what came, so that
    // it has where to begin.
    if (isBegun && !isKept) {
      const tag = sendTag(runId);
      done.held = names.map((snapshot) => ({ snapshot, tag, remedy: releaseRemedy(runId, snapshot) }));
    } else await journal.attempt('release', target, () => releaseSending(state, names));
  }
}

async function readCopy(state: ReplicateState): Promise<Sides & { readonly copy: NonNullable<Sides['copy']> }> {
  const sides = await readSides(state.options, state, state.signal);
  if (sides.copy === undefined) throw new CommandError(`${state.options.to.dataset} is gone`);
  return { ...sides, copy: sides.copy };
}

/** Mounts the copy, and reads it if that is asked for. */
async function lookAtCopy(state: ReplicateState, isMounted: boolean): Promise<void> {
  const { copy, done, journal, options, signal } = state;
  const { limits, mount, to, verify } = options;
  if (mount && !isMounted) {
    const call = { signal, timeoutMs: limits.mountMs };
    await journal.step('mount', to.dataset, () => copy.mount({ ...call, filesystem: to.dataset }));
  }
  if (verify !== 'checksums') return;
  await journal.step('verify', to.dataset, async () => {
    try {
      done.verified = await verifyBackup({ target: to.dataset, transport: to.transport, limits }).run({ signal });
    } catch (error) {
      if (VerifyFailedError.isInstance(error)) done.verified = error.report;
      throw error;
    }
  });
}

/** Brings the copy to where the target is. */
export async function bringOver(state: ReplicateState, clockOffsetMs: number): Promise<void> {
  const { journal, options, signal } = state;
  const { target } = options;
  const before = await journal.step('preflight', target, () => readSides(options, state, signal));
  await makeSnapshot(state, clockOffsetMs);
  const sides = state.done.made === undefined ? before : await readSides(options, state, signal);
  const isMounted = await sendHeld(state, sides);
  await lookAtCopy(state, isMounted);
}
