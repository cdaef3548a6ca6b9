import { randomBytes } from 'node:crypto';
import { CommandError, linkSignals, run, type Command, type Transport } from '@quiesce/command';
import { virshErrors } from '@quiesce/virsh';
import { zfsErrors } from '@quiesce/zfs';
import { holdLock, type HostLock } from '../host-lock.js';
import { keepBootTestCommand, removeBootFoldersCommand } from '../host/boot-folders.js';
import { Journal } from '../journal.js';
import type { RunRecipeOptions } from '../recipe.js';
import { reconnecting } from '../reconnecting.js';
import { createRunId } from '../run-id.js';
import { BootTestFailedError } from './boot-test-failed-error.js';
import { cloneCommands, snapshotCommand, startCommands } from './commands.js';
import { ConsoleText } from './console-text.js';
import { bootName } from './names.js';
import type { ResolvedBootOptions } from './options.js';
import { preflight, type BootFacts } from './preflight.js';
import { destroyTestDataset, endTestGuest, madeThings, remedyFor, removeTestFolder, type MadeThing } from './remove.js';
import type { BootEvent, BootLeftover, BootReport, BootStep } from './report.js';
import { watchGuest } from './watch.js';

/** How long a lost link is tried to be had again, to take away what was made, in milliseconds. */
const reconnectMs = 60_000;
const shownLines = 50;

/** What the parts of one test share. */
interface BootState {
  readonly options: ResolvedBootOptions;
  readonly journal: Journal<BootStep>;
  readonly runId: string;
  readonly console: ConsoleText;
  readonly isDry: boolean;
  /** What is started, and from what. */
  facts: BootFacts;
  ended: BootReport['ended'];
  signMs: number | undefined;
}

async function play(
  transport: Transport,
  commands: readonly Command[],
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<void> {
  for (const command of commands) {
    signal.throwIfAborted();
    const errors = command.file === 'virsh' ? virshErrors : zfsErrors;
    // None is left alone in the middle: what it makes would come after it was taken away.
    await run(transport, command, { timeoutMs, errors });
  }
}

const whyNot: Readonly<Record<Exclude<NonNullable<BootReport['ended']>, 'sign'>, string>> = {
  timeout: 'there was no sign of it in time',
  'guest-ended': 'it ended before there was a sign of it',
  flood: 'it printed more than a test can follow',
};

/** Makes what the guest needs, starts it, and watches it. */
async function start(state: BootState, signal: AbortSignal): Promise<void> {
  const { console, isDry, journal, options, runId } = state;
  const { limits, target, timeoutMs, transport } = options;
  const ofZfs = { signal, timeoutMs: limits.zfsMs };
  const made = madeThings({ runId, target, connectUri: state.facts.connectUri });
  if (state.facts.state.snapshot === undefined) {
    await journal.step('snapshot', made.snapshot.name, async () => {
      const { complete, runId: of } = state.facts.state;
      await play(transport, [snapshotCommand({ runId, target }, { runId: of, complete })], ofZfs);
      // A backup may have begun to write meanwhile: what counts is what the snapshot holds.
      if (!isDry) state.facts = await preflight(options, { runId, signal, snapshot: made.snapshot.name });
    });
  }
  const snapshot = state.facts.state.snapshot ?? made.snapshot.name;
  const { connectUri, quotaBytes } = state.facts;
  await journal.step('clone', made.clone.name, () =>
    play(transport, cloneCommands({ runId, target }, { snapshot, quotaBytes }), ofZfs),
  );
  await journal.step('start', bootName(runId), () =>
    play(transport, startCommands({ runId, target }, state.facts), { signal, timeoutMs: limits.smallMs }),
  );
  if (isDry) return;
  const startedMs = journal.now();
  await journal.step('watch', bootName(runId), async () => {
    const { sign } = options;
    const watch = { transport, connectUri, runId, sign, timeoutMs, readMs: limits.readMs, console, signal };
    state.ended = await watchGuest(watch);
    if (state.ended !== 'sign') {
      const last = console.lines(1).join('');
      const said = last === '' ? 'it printed nothing' : `it printed last: ${last.slice(0, 200)}`;
      throw new CommandError(`${options.guest} did not start, ${whyNot[state.ended]}; ${said}`);
    }
    state.signMs = journal.now() - startedMs;
  });
}

/** Takes away what was made, and tells what could not be. */
async function remove(state: BootState): Promise<BootLeftover[]> {
  const { journal, options, runId } = state;
  const transport = reconnecting(options.transport, reconnectMs);
  const made = madeThings({ runId, target: options.target, connectUri: state.facts.connectUri });
  const leftovers: BootLeftover[] = [];
  const attempt = async (
    step: BootStep,
    kind: BootLeftover['kind'],
    thing: MadeThing,
    body: typeof endTestGuest,
  ): Promise<boolean> => {
    const isGone = await journal.attempt(step, thing.name, () => body(transport, thing.undo, options.limits));
    if (!isGone) leftovers.push({ kind, name: thing.name, remedy: remedyFor(thing) });
    return isGone;
  };
  await attempt('end', 'test-guest', made.guest, endTestGuest);
  const cloneIsGone = await attempt('remove', 'test-clone', made.clone, destroyTestDataset);
  const isOwn = journal.steps.some(({ step }) => step === 'snapshot');
  if (isOwn && cloneIsGone) await attempt('remove', 'test-snapshot', made.snapshot, destroyTestDataset);
  else if (isOwn) {
    leftovers.push({ kind: 'test-snapshot', name: made.snapshot.name, remedy: remedyFor(made.snapshot) });
  }
  // What is mounted in it is not gone into.
  if (cloneIsGone) await attempt('remove', 'folder', made.folder, removeTestFolder);
  else leftovers.push({ kind: 'folder', name: made.folder.name, remedy: remedyFor(made.folder) });
  return leftovers;
}

/** Whoever holds this is seen to live: nobody else takes its things away. */
async function begin({ limits, transport }: ResolvedBootOptions, runId: string, connectUri: string): Promise<HostLock> {
  const token = randomBytes(16).toString('hex');
  const what = 'the lock of the boot test';
  const busy = (): Promise<Error> => Promise.resolve(new CommandError(`${what} is held by somebody else`));
  try {
    return await holdLock(transport, { command: keepBootTestCommand({ runId, token, connectUri }), token, what, busy });
  } catch (error) {
    await run(transport, removeBootFoldersCommand({ runIds: [runId] }), { timeoutMs: limits.smallMs }).catch(
      () => undefined,
    );
    throw error;
  }
}

function reportOf(
  { console, ended, facts, journal, options, runId, signMs }: BootState,
  {
    isAborted,
    leftovers,
    startedAtMs,
  }: { isAborted: boolean; leftovers: readonly BootLeftover[]; startedAtMs: number },
): BootReport {
  const durationMs = journal.now();
  const failure = isAborted ? 'aborted' : 'failed';
  const { at, runId: of, snapshot } = facts.state;
  return {
    ...{ version: 1, recipe: 'bootTest', outcome: journal.failed ? failure : 'success' },
    ...{ startedAt: new Date(startedAtMs), endedAt: new Date(startedAtMs + durationMs), durationMs },
    ...{ testId: runId, target: options.target, guest: options.guest },
    snapshot: snapshot?.endsWith(`@${bootName(runId)}`) === true ? undefined : snapshot,
    ...{ runId: of, at, images: facts.images, leftOut: facts.leftOut },
    ...{ ended, signMs, console: console.lines(shownLines), leftovers },
    ...{ steps: journal.steps, problems: journal.problems },
  };
}

/** Starts a guest from its backup, watches it, and takes everything away again. */
export async function runBootTest(
  options: ResolvedBootOptions,
  { onEvent, signal }: RunRecipeOptions<BootEvent>,
): Promise<BootReport> {
  signal?.throwIfAborted();
  const startedAt = Date.now();
  const runId = createRunId(Math.floor(startedAt / 1000));
  const journal = new Journal<BootStep>('preflight', onEvent);
  const facts = await journal.step('preflight', options.target, () => preflight(options, { runId, signal }));
  const held = await journal.step('begin', bootName(runId), () => begin(options, runId, facts.connectUri));
  const { clockOffsetMs, isDry } = held;
  const console = new ConsoleText();
  const state: BootState = { options, journal, runId, console, isDry, facts, ended: undefined, signMs: undefined };
  let leftovers: readonly BootLeftover[];
  try {
    const unlocked = new AbortController();
    void held.lost.then((error) => {
      journal.problem(journal.latest, options.transport.name, error);
      unlocked.abort(error);
    });
    const work = linkSignals([unlocked.signal, signal], (stop) => ({ result: start(state, stop) }));
    // It is noted already.
    await work.result.catch(() => undefined);
  } finally {
    leftovers = await remove(state);
    await held[Symbol.asyncDispose]();
  }
  if (signal?.aborted === true && !journal.failed) journal.problem(journal.latest, options.target, signal.reason);
  const startedAtMs = startedAt + clockOffsetMs;
  const report = reportOf(state, { isAborted: signal?.aborted === true, leftovers, startedAtMs });
  if (report.outcome !== 'success') throw new BootTestFailedError(report, journal.errors);
  return report;
}
