import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, run, type Command } from '@quiesce/command';
import type { lvconvertCommand } from '@quiesce/lvm';
import { suspendCommand } from '@quiesce/virsh';
import { udevadmSettleCommand } from '../host/flush.js';
import { isRunning, type DomainFacts } from './domains.js';
import { flush } from './flush.js';
import { requireResumed, resume } from './resume.js';
import type { RunState, VolumeState } from './run-state.js';
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

async function snapshotAll(state: RunState, over: AbortSignal): Promise<void> {
  const { clients, journal } = state;
  for (const volume of state.volumes) {
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
}

interface Snapshots {
  /** Resolves when they are made, or when the guests can't wait for them any longer. */
  readonly inTime: Promise<void>;
  /** Resolves when they are made, however long that takes. */
  readonly ended: Promise<void>;
}

/** Makes the snapshots. LVM can hang while it does, and the guests must not wait for that. */
function startSnapshots(state: RunState): Snapshots {
  const { maximumPauseMs } = state.options;
  const over = new AbortController();
  const timer = new AbortController();
  const ended = snapshotAll(state, over.signal).finally(() => {
    timer.abort();
  });
  const expired = delay(maximumPauseMs, undefined, { signal: timer.signal }).then(
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
async function settle(state: RunState, ended: Promise<void>): Promise<void> {
  const { journal, leftovers, options, transport, volumes } = state;
  const timer = new AbortController();
  const given = delay(options.maximumPauseMs, true, { signal: timer.signal }).catch(() => false);
  const hangs = await Promise.race([ended.then(() => false), given]);
  timer.abort();
  if (hangs) {
    for (const volume of volumes.filter(({ failed, snapshotMade }) => !failed && !snapshotMade)) {
      const { path, snapshotPath } = volume.facts;
      journal.problem('lvm-snapshot', path, new CommandError(`LVM hangs while it makes ${snapshotPath}`));
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

/** Pauses the guests, makes the snapshots and resumes the guests, whatever happens. */
async function pauseFor(
  state: RunState,
  running: readonly DomainFacts[],
): Promise<{ pausedMs: number; ended: Promise<void> }> {
  const startedAt = performance.now();
  let ended = Promise.resolve();
  try {
    await suspend(state, running);
    const snapshots = startSnapshots(state);
    ended = snapshots.ended;
    await snapshots.inTime;
  } catch {
    // It is in the journal. No snapshot is of a moment at which all guests stood still.
    for (const volume of state.volumes) volume.failed = true;
  }
  await resume(state, running);
  return { pausedMs: Math.round(performance.now() - startedAt), ended };
}

/**
 * Makes the snapshots of all volumes while all guests that ran are paused. Between pausing and resuming nothing else is
 * done. Afterwards the guests are seen to run, and the watchdog that would have resumed them is taken away.
 */
export async function takeSnapshots(state: RunState): Promise<void> {
  const { domains } = state.facts;
  const running = domains.filter(isRunning);
  if (running.length === 0) {
    await settle(state, snapshotAll(state, new AbortController().signal));
    return;
  }
  const flushed = await flush(state, running);
  if (state.signal?.aborted === true) return;
  await armWatchdog(state, running);
  const pause = await pauseFor(state, running);
  await Promise.all([
    settle(state, pause.ended),
    requireResumed(state, running).then(async (awake) => {
      // A watchdog that is left resumes what could not be resumed from here.
      if (awake.size === running.length) await disarmWatchdog(state);
      state.domains = domains.map((domain) => ({
        name: domain.name,
        stateBefore: domain.state,
        flushed: flushed.has(domain),
        suspended: running.includes(domain),
        pausedMs: running.includes(domain) ? pause.pausedMs : undefined,
        runningAfter: running.includes(domain) ? awake.has(domain) : undefined,
      }));
    }),
  ]);
}
