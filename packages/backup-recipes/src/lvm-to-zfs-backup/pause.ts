import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, run, type Command } from '@quiesce/command';
import type { lvconvertCommand } from '@quiesce/lvm';
import { suspendCommand } from '@quiesce/virsh';
import { syncCommand, udevadmSettleCommand } from '../host/flush.js';
import { isRunning, type DomainFacts } from './domains.js';
import { flush } from './flush.js';
import { prepare } from './prepare.js';
import { requireResumed, resume, type Resumed } from './resume.js';
import { byGroup, type RunState, type VolumeState } from './run-state.js';
import { armWatchdog, disarmWatchdog } from './watchdog.js';

/** The commands that pause domains. */
export function suspendCommands(domains: readonly DomainFacts[]): Command[] {
  return domains.map(({ uuid }) => suspendCommand({ domain: uuid }));
}

/** The options of LVM that turn the space for a snapshot into one. */
export function snapshotOptions(
  { options }: Pick<RunState, 'options'>,
  { facts }: Pick<VolumeState, 'facts'>,
): Parameters<typeof lvconvertCommand>[0] {
  return {
    type: 'snapshot',
    origin: facts.path,
    volume: facts.snapshotPath,
    chunkSizeBytes: options.chunkSizeBytes,
    // The space was cleared when it was made, and udev is waited for after the pause: see docs/decisions.
    zero: false,
    udevSync: false,
  };
}

async function suspend({ clients, journal }: RunState, domains: readonly DomainFacts[]): Promise<void> {
  const subject = domains.map(({ name }) => name).join(', ');
  await journal.step('suspend', subject, async () => {
    const outcomes = await clients.virsh.batch({ commands: suspendCommands(domains) });
    for (const { error } of outcomes) if (error !== undefined) throw error;
  });
}

/** Groups have locks and disks of their own, so their snapshots are made at the same time. */
async function snapshotAll(state: RunState, over: AbortSignal): Promise<void> {
  const { clients, journal } = state;
  await Promise.all(
    byGroup(state.volumes).map(async (group) => {
      for (const volume of group) {
        if (volume.failed) continue;
        const made = await journal.attempt('lvm-snapshot', volume.facts.path, async () => {
          state.signal?.throwIfAborted();
          over.throwIfAborted();
          await clients.lvm.lvconvert(snapshotOptions(state, volume));
          // What comes after the guests were resumed is not of the same moment.
          over.throwIfAborted();
        });
        volume.snapshotMade = made;
        volume.failed = !made;
      }
    }),
  );
}

interface Snapshots {
  /** Resolves when they are made, or when the guests can't wait for them any longer. */
  readonly inTime: Promise<void>;
  /** Resolves when they are made, however long that takes. */
  readonly ended: Promise<void>;
}

/**
 * Makes the snapshots. LVM can hang while it does, and the guests must not wait for that: neither they nor the watchdog,
 * which began to count when it was armed.
 */
function startSnapshots(state: RunState, armedAt: number): Snapshots {
  const { maximumPauseMs } = state.options;
  const over = new AbortController();
  const timer = new AbortController();
  const ended = snapshotAll(state, over.signal).finally(() => {
    timer.abort();
  });
  const leftMs = Math.max(0, armedAt + maximumPauseMs - performance.now());
  const expired = delay(leftMs, undefined, { signal: timer.signal }).then(
    () => {
      over.abort(
        new CommandError(`the guests could be paused no longer than maximumPauseMs (${String(maximumPauseMs)} ms)`),
      );
    },
    () => undefined,
  );
  return { inTime: Promise.race([ended, expired]), ended };
}

/** Waits for snapshots that came too late, so that they can be removed; what never comes is left and noted. */
async function waitForSnapshots(state: RunState, ended: Promise<void>): Promise<void> {
  const { journal, leftovers, options, transport, volumes } = state;
  const timer = new AbortController();
  const given = delay(options.maximumPauseMs, true, { signal: timer.signal }).catch(() => false);
  const hangs = await Promise.race([ended.then(() => false), given]);
  timer.abort();
  if (hangs) {
    for (const volume of volumes.filter(({ failed, snapshotMade }) => !failed && !snapshotMade)) {
      const { path, snapshotPath } = volume.facts;
      journal.problem(
        'lvm-snapshot',
        path,
        new CommandError(`no answer from LVM, which was told to make ${snapshotPath}`),
      );
      leftovers.push({ kind: 'lvm-snapshot', name: snapshotPath, remedy: `lvremove ${snapshotPath}` });
      // Removing it would wait for the same lock.
      Object.assign(volume, { failed: true, spaceMade: false });
    }
    return;
  }
  await run(transport, udevadmSettleCommand()).catch((error: unknown) => {
    journal.problem('lvm-snapshot', 'udev', error, false);
  });
}

/** Nothing that was copied counts: the snapshots are not of a moment at which all guests stood still. */
function failAll({ volumes }: RunState): void {
  for (const volume of volumes) volume.failed = true;
}

interface Pause extends Pick<Resumed, 'known'> {
  readonly pausedMs: number;
  /** Resolves when no snapshot is being made any longer. */
  readonly ended: Promise<void>;
}

/** Pauses the guests, makes the snapshots and resumes the guests, whatever happens. */
async function pauseFor(state: RunState, running: readonly DomainFacts[], armedAt: number): Promise<Pause> {
  const startedAt = performance.now();
  let ended = Promise.resolve();
  let suspended = false;
  try {
    await suspend(state, running);
    suspended = true;
    const snapshots = startSnapshots(state, armedAt);
    ended = snapshots.ended;
    await snapshots.inTime;
  } catch {
    // It is in the journal.
    failAll(state);
  }
  const { alreadyRunning, known } = await resume(state, running);
  const pausedMs = Math.round(performance.now() - startedAt);
  if (suspended && alreadyRunning.length > 0) {
    for (const { name } of alreadyRunning) {
      const message = `${name} ran again before it was resumed: someone else did, while its snapshot was made`;
      state.journal.problem('lvm-snapshot', name, new CommandError(message));
    }
    failAll(state);
  }
  return { pausedMs, ended, known };
}

/** Sees that the guests run, and takes the watchdog away that would have resumed them. */
async function checkResumed(
  state: RunState,
  running: readonly DomainFacts[],
  { flushed, pause }: { flushed: ReadonlySet<DomainFacts>; pause: Pause },
): Promise<void> {
  const { awake, allResumed } = await requireResumed(state, running, pause);
  // A watchdog that is left resumes what could not be resumed from here.
  if (allResumed) await disarmWatchdog(state);
  state.domains = state.facts.domains.map((domain) => ({
    name: domain.name,
    stateBefore: domain.state,
    flushed: flushed.has(domain),
    suspended: running.includes(domain),
    pausedMs: running.includes(domain) ? pause.pausedMs : undefined,
    runningAfter: running.includes(domain) ? awake.has(domain) : undefined,
  }));
}

// What a guest wrote since it was told to flush is in its buffers again.
const flushIsFreshMs = 5000;

/** Makes ready for the pause: the space for the snapshots is made while the guests write out their buffers. */
async function makeReady(state: RunState, running: readonly DomainFacts[]): Promise<ReadonlySet<DomainFacts>> {
  const prepared = prepare(state);
  if (running.length === 0) {
    await prepared;
    await run(state.transport, syncCommand());
    return new Set();
  }
  const flushed = await flush(state, running);
  const flushedAt = performance.now();
  await prepared;
  if (performance.now() - flushedAt < flushIsFreshMs || state.signal?.aborted === true) return flushed;
  return flush(state, running);
}

/** What goes on after {@link takeSnapshots}. */
export interface Taken {
  /** Resolves when the devices of the snapshots can be used and the guests were seen running. It never rejects. */
  readonly settled: Promise<unknown>;
}

/**
 * Makes the snapshots of all volumes while all guests that ran are paused. Between pausing and resuming nothing else is
 * done. It returns once the guests were resumed, which is then checked while the run goes on.
 */
export async function takeSnapshots(state: RunState): Promise<Taken> {
  const running = state.facts.domains.filter(isRunning);
  const flushed = await makeReady(state, running);
  state.signal?.throwIfAborted();
  if (state.volumes.every(({ failed }) => failed)) return { settled: Promise.resolve() };
  if (running.length === 0) {
    return { settled: waitForSnapshots(state, snapshotAll(state, new AbortController().signal)) };
  }
  const armedAt = performance.now();
  await armWatchdog(state, running);
  const pause = await pauseFor(state, running, armedAt);
  return {
    settled: Promise.all([waitForSnapshots(state, pause.ended), checkResumed(state, running, { flushed, pause })]),
  };
}
