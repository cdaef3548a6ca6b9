import { CommandError, run, type Command } from '@quiesce/command';
import type { lvconvertCommand } from '@quiesce/lvm';
import { DomainNotFoundError, DomainStateError, suspendCommand } from '@quiesce/virsh';
import { udevadmSettleCommand } from '../host/flush.js';
import { checkResumed } from './check-resumed.js';
import { settlesWithin, startDeadline } from './deadline.js';
import { domainCommands, isRunning, parseDomains, type DomainFacts } from './domains.js';
import { makeReady } from './make-ready.js';
import { resume, type Resumed } from './resume.js';
import { byGroup, failAll, type RunState, type VolumeState } from './run-state.js';
import { checkStill } from './still.js';
import { snapshotLeftover } from './volume.js';
import { armWatchdog, disarmWatchdog } from './watchdog.js';

/** The commands that pause domains. */
function suspendCommands(domains: readonly DomainFacts[]): Command[] {
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

/** Whose images stand still because of this run. It is known for sure only when libvirt has answered. */
interface Suspended {
  domains: readonly DomainFacts[];
}

/** Whether libvirt said no. Whatever else went wrong, as a libvirt that ended meanwhile, may have come after the pause. */
function isRefusal(error: CommandError | undefined): boolean {
  return DomainStateError.isInstance(error) || DomainNotFoundError.isInstance(error);
}

/** Pauses domains, and finds out in the same connection which of them ran until then: only those are resumed. */
async function suspend(state: RunState, running: readonly DomainFacts[], suspended: Suspended): Promise<void> {
  const { clients, journal } = state;
  const subject = running.map(({ name }) => name).join(', ');
  await journal.step('suspend', subject, async () => {
    const first = domainCommands();
    const outcomes = await clients.virsh.batch({ commands: [...first, ...suspendCommands(running)] });
    const before = parseDomains(outcomes);
    const errors = outcomes.slice(first.length).map(({ error }) => error);
    const wasPaused = (uuid: string): boolean =>
      before.some((domain) => domain.uuid === uuid && domain.state === 'paused');
    suspended.domains = running.filter(({ uuid }, index) => !isRefusal(errors[index]) && !wasPaused(uuid));
    for (const { name } of running.filter(({ uuid }) => wasPaused(uuid))) {
      journal.problem('suspend', name, new CommandError(`${name} was paused already, and is left so`), false);
    }
    for (const error of errors) if (error !== undefined) throw error;
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
        // What was given up stays so, when it comes after all.
        volume.failed ||= !made;
      }
    }),
  );
}

/** Waits for snapshots that came too late, so that they can be removed; what never comes is left and noted. */
async function waitForSnapshots(state: RunState, ended: Promise<void>): Promise<void> {
  const { journal, leftovers, options, transport, volumes } = state;
  if (!(await settlesWithin(ended, options.maximumPauseMs))) {
    for (const volume of volumes.filter(({ failed, snapshotMade }) => !failed && !snapshotMade)) {
      const { path, snapshotPath } = volume.facts;
      journal.problem(
        'lvm-snapshot',
        path,
        new CommandError(`no answer from LVM, which was told to make ${snapshotPath}`),
      );
      leftovers.push(snapshotLeftover(volume.facts, state.runId));
      // Removing it would wait for the same lock.
      Object.assign(volume, { failed: true, spaceMade: false });
    }
    return;
  }
  await run(transport, udevadmSettleCommand()).catch((error: unknown) => {
    // A link could name the device of another volume still.
    journal.problem('lvm-snapshot', 'udev', error);
    failAll(state);
  });
}

/** What is known of a pause when the guests were told to go on. */
export interface Pause {
  readonly startedAt: number;
  /** What this run paused. */
  readonly suspended: Suspended;
  readonly resumed: Resumed;
  /** Resolves when the guests were paused, or could not be, however long that takes. */
  readonly suspending: Promise<unknown>;
  /** They were told to go on before it was known whether they were paused. */
  readonly late: boolean;
  /** Resolves when no snapshot is being made any longer. */
  readonly ended: Promise<void>;
}

/**
 * Pauses the guests, makes the snapshots and resumes the guests, whatever happens. libvirt and LVM can hang, and the guests
 * must not wait for that: after `maximumPauseMs` they are resumed.
 */
async function pauseFor(state: RunState, running: readonly DomainFacts[], armedAt: number): Promise<Pause> {
  const { journal, options } = state;
  const startedAt = performance.now();
  const deadline = startDeadline(options.maximumPauseMs, armedAt);
  const suspended: Suspended = { domains: running };
  const suspending = suspend(state, running, suspended).then(
    () => true,
    () => false,
  );
  let ended = Promise.resolve();
  const succeeded = await Promise.race([suspending, deadline.reached.then(() => undefined)]);
  if (succeeded === true) {
    ended = snapshotAll(state, deadline.over);
    await Promise.race([ended, deadline.reached]);
  } else {
    if (succeeded === undefined) journal.problem('suspend', options.target, deadline.over.reason);
    failAll(state);
  }
  deadline.stop();
  const resumed = await resume(state, suspended.domains);
  for (const { name } of succeeded === true ? resumed.alreadyRunning : []) {
    const message = `${name} ran again before it was resumed: someone else did, while its snapshot was made`;
    journal.problem('lvm-snapshot', name, new CommandError(message));
    failAll(state);
  }
  return { startedAt, suspended, resumed, suspending, late: succeeded === undefined, ended };
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
    const ended = snapshotAll(state, new AbortController().signal);
    return { settled: Promise.all([waitForSnapshots(state, ended), checkStill(state, ended)]) };
  }
  const armedAt = performance.now();
  await armWatchdog(state, running);
  const armedMs = performance.now() - armedAt;
  if (armedMs > state.options.maximumPauseMs / 2) {
    await disarmWatchdog(state);
    const limit = `half of maximumPauseMs (${String(state.options.maximumPauseMs)} ms)`;
    throw new CommandError(
      `it took ${String(Math.round(armedMs))} ms to arm the watchdog, over ${limit}: nothing was paused`,
    );
  }
  const pause = await pauseFor(state, running, armedAt);
  return {
    settled: Promise.all([waitForSnapshots(state, pause.ended), checkResumed(state, running, { flushed, pause })]),
  };
}
