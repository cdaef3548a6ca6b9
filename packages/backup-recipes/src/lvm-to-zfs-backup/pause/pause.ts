import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, ExitError, run, toShell } from '@quiesce/command';
import { virshResumeCommand } from '@quiesce/virsh';
import type { DomainFacts } from '../../domains.js';
import { udevadmSettleCommand } from '../../host/flush.js';
import { removeRunFoldersCommand, writeRunFileCommand } from '../../host/run-files.js';
import { pauseUnit, resumeUnit } from '../../host/units.js';
import { runFolder } from '../../run-folder.js';
import { snapshotLeftover } from '../copy/volume.js';
import { failAll, type RunState } from '../run-state.js';
import { guestLog, hasEvent, volumeLog, type PauseEvent } from './pause-log.js';
import { pauseProblem } from './pause-problems.js';
import { pauseScriptOf, startPauseCommand } from './pause-script-of.js';
import { PauseSteps } from './pause-steps.js';
import { prepare } from './prepare.js';
import { readPauseLog, runPauseUnit } from './run-pause-unit.js';

/** How long a run waits for guests that do not run again. What resumes them goes on without it. */
const patienceMs = 90_000;

/** What goes on after {@link takeSnapshots}. */
export interface Taken {
  /**
   * Resolves when the devices of the snapshots can be used and the guests were seen running. It
   * never rejects.
   */
  readonly settled: Promise<unknown>;
}

async function writeScript(state: RunState, without: readonly number[]): Promise<void> {
  const content = pauseScriptOf(state, without);
  const command = writeRunFileCommand({ folder: runFolder(state.runId), name: 'pause', content });
  await run(state.transport, command, { timeoutMs: state.options.limits.smallMs, signal: state.signal });
}

interface Listener {
  /** Takes the next event. */
  readonly tell: (event: PauseEvent) => void;
  /** Ends the steps of which nobody will tell any more. */
  readonly finish: () => void;
}

/** Listens to the events of a pause: what they mean becomes steps and problems as they come. */
function listen(state: RunState): Listener {
  const { facts, journal, options, sinceStart } = state;
  const names = {
    guests: facts.domains.map(({ name }) => name),
    volumes: facts.volumes.map(({ path }) => path),
    target: options.target,
  };
  const steps = new PauseSteps(journal, names, sinceStart);
  return {
    tell: (event) => {
      steps.push(event);
      const problem = pauseProblem(event, names);
      if (problem === undefined) return;
      journal.problem(problem.step, problem.subject, new CommandError(problem.message), problem.fatal);
    },
    finish: () => {
      steps.finish(state.startedAtMs + journal.now());
    },
  };
}

/** Notes what the log says of each guest. */
function noteGuests(state: RunState, log: readonly PauseEvent[]): void {
  state.domains = state.facts.domains.map(({ name, state: stateBefore }, index) => {
    const { flushed, resumedAtMs, suspendedAtMs } = guestLog(log, index);
    const dateOf = (atMs: number | undefined): Date | undefined => (atMs === undefined ? undefined : new Date(atMs));
    const isWhole = suspendedAtMs !== undefined && resumedAtMs !== undefined;
    return {
      name,
      stateBefore,
      flushed,
      suspended: suspendedAtMs !== undefined,
      suspendedAt: dateOf(suspendedAtMs),
      resumedAt: dateOf(resumedAtMs),
      pausedMs: isWhole ? Math.round(resumedAtMs - suspendedAtMs) : undefined,
      runningAfter: suspendedAtMs === undefined ? undefined : resumedAtMs !== undefined,
    };
  });
}

function noteVolumes({ journal, sinceStart, volumes }: RunState, log: readonly PauseEvent[]): void {
  for (const [index, volume] of volumes.entries()) {
    const { frozen, startedAtMs } = volumeLog(log, index);
    volume.snapshotStartedMs = startedAtMs === undefined ? undefined : sinceStart(startedAtMs);
    volume.snapshotMade = frozen;
    if (frozen || volume.failed) continue;
    volume.failed = true;
    // Most often something was said about it already.
    if (journal.failed) continue;
    const error = new CommandError(
      'the pause ended before its snapshot was made: run again, with a larger maximumPauseMs if it happens again',
    );
    journal.problem('lvm-snapshot', volume.facts.path, error);
  }
}

/** Whether all that a pause has begun is over. */
function isOver({ facts, volumes }: RunState, log: readonly PauseEvent[]): { guests: boolean; volumes: boolean } {
  const touched = hasEvent(log, 'marking') || hasEvent(log, 'suspending');
  return {
    guests: !touched || hasEvent(log, 'ended') || facts.domains.length === 0,
    volumes: !volumes.some((_, index) => volumeLog(log, index).isOpen),
  };
}

/** Notes domains that may be paused still, with what to type. */
function leaveDomains({ journal, leftovers, runId }: RunState, domains: readonly DomainFacts[], why: string): void {
  for (const { name, uuid } of domains) {
    journal.problem('resume', name, new CommandError(`${name} is still paused, or it can't be found out: ${why}`));
    leftovers.push({ kind: 'domain', name, remedy: toShell(virshResumeCommand({ domain: uuid })) });
  }
  const unit = resumeUnit(runId);
  leftovers.push({ kind: 'unit', name: unit, remedy: `systemctl status ${unit}` });
}

/**
 * Sees the pause through to its very end: guests that were hard to resume, and snapshots that came
 * late.
 */
async function seeThrough(state: RunState, first: readonly PauseEvent[], { finish, tell }: Listener): Promise<void> {
  const { facts, journal, leftovers, options, runId, volumes } = state;
  let log = first;
  const startedAt = performance.now();
  let over = isOver(state, log);
  const wantsGuests = (): boolean => !over.guests && performance.now() - startedAt < patienceMs;
  const wantsVolumes = (): boolean => !over.volumes && performance.now() - startedAt < options.maximumPauseMs;
  while (wantsGuests() || wantsVolumes()) {
    await delay(1000);
    const next = await readPauseLog(state).catch(() => log);
    for (const event of next.slice(log.length)) tell(event);
    log = next;
    over = isOver(state, log);
  }
  finish();
  noteGuests(state, log);
  if (!over.guests) {
    const open = facts.domains.filter((_, index) => guestLog(log, index).isOpen);
    leaveDomains(state, open, `${resumeUnit(runId)} on the host goes on trying`);
  }
  for (const [index, volume] of volumes.entries()) {
    if (!volumeLog(log, index).isOpen) continue;
    const { path, snapshotPath } = volume.facts;
    const error = new CommandError(
      `no answer from LVM, which was told to make ${snapshotPath}: see who holds its lock (lvs, ps); the next run removes what comes of it`,
    );
    journal.problem('lvm-snapshot', path, error);
    leftovers.push(snapshotLeftover(volume.facts, runId));
    // Removing it would wait for the same lock.
    volume.spaceMade = false;
  }
  if (over.guests && over.volumes) await forget(state);
}

/** Nothing of the pause is left but its folder. */
async function forget({ journal, leftovers, options: { limits }, runId, transport }: RunState): Promise<void> {
  const command = removeRunFoldersCommand({ runIds: [runId] });
  await run(transport, command, { timeoutMs: limits.smallMs }).catch((error: unknown) => {
    journal.problem('remove', runFolder(runId), error, false);
    leftovers.push({ kind: 'folder', name: runFolder(runId), remedy: toShell(command) });
  });
}

/** A link of udev could name the device of another volume still. */
async function settleDevices(state: RunState): Promise<void> {
  if (state.volumes.every(({ failed }) => failed)) return;
  await run(state.transport, udevadmSettleCommand(), { timeoutMs: state.options.limits.smallMs }).catch(
    (error: unknown) => {
      state.journal.problem('lvm-snapshot', 'udev', error);
      failAll(state);
    },
  );
}

/** Does what needs no pause. What fails for a volume fails that volume. */
async function makeReady(state: RunState): Promise<void> {
  const { journal, volumes } = state;
  const writing = journal.attempt('prepare', 'pause', () => writeScript(state, []));
  await prepare(state);
  if (!(await writing)) failAll(state);
  const failed = volumes.flatMap((volume, index) => (volume.failed ? [index] : []));
  if (failed.length === 0 || failed.length === volumes.length) return;
  await journal.step('prepare', 'pause', () => writeScript(state, failed));
}

/** What a pause would tell that went well and paused nobody: on a host that nothing reaches. */
async function recordPause({ options, runId, transport, volumes }: RunState): Promise<PauseEvent[]> {
  await run(transport, startPauseCommand(options, runId));
  const atMs = Date.now();
  const about = (what: string, index: number | undefined): PauseEvent => ({ atMs, what, index, rest: '' });
  return [...volumes.map((_, index) => about('frozen', index)), about('ended', undefined)];
}

/**
 * Makes the snapshots of all volumes while all guests that run are paused. The host does that by
 * itself: see `pause-script.ts`. It returns once the guests were resumed, or others see to that.
 */
export async function takeSnapshots(state: RunState): Promise<Taken> {
  const { journal, options, runId, signal, volumes } = state;
  try {
    await makeReady(state);
    signal.throwIfAborted();
    // The last moment at which nobody is paused.
    if (volumes.some(({ failed }) => !failed)) await state.hooks.call('before', 'pause');
    signal.throwIfAborted();
  } catch (error) {
    await forget(state);
    throw error;
  }
  if (volumes.every(({ failed }) => failed)) return { settled: forget(state) };
  const listener = listen(state);
  let log: readonly PauseEvent[];
  try {
    log = state.isDry ? await recordPause(state) : await runPauseUnit(state, listener.tell);
  } catch (error) {
    journal.problem('suspend', options.target, error);
    failAll(state);
    if (ExitError.isInstance(error)) return { settled: forget(state) };
    // Whether it paused anyone is not known: the host sees to them, and says so to whoever looks.
    state.leftovers.push({ kind: 'unit', name: pauseUnit(runId), remedy: `systemctl status ${pauseUnit(runId)}` });
    return { settled: Promise.resolve() };
  } finally {
    listener.finish();
  }
  noteGuests(state, log);
  noteVolumes(state, log);
  return { settled: Promise.all([settleDevices(state), seeThrough(state, log, listener)]) };
}
