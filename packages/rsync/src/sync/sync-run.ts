import { AbortedError, linkSignals, TimeoutError, traceCall, type Command, type CommandRunner } from '@quiesce/command';
import { ConnectionError, FileIoError, KilledError } from '../errors.js';
import type { FeatureCheck } from '../features/feature-check.js';
import type { FileName } from '../output/file-name.js';
import type { SyncEvent } from '../output/output-parser.js';
import { createEventQueue } from './event-queue.js';
import { followRun, type RunPlan } from './follow.js';
import type { SyncResult } from './outcome.js';
import { createUnfinishedFiles } from './unfinished.js';

/**
 * A run of rsync: await it for the result, or loop over it for what it tells meanwhile, or do both.
 * It begins at once.
 *
 * Only a loop that begins at once sees all events; without a loop none are kept. A loop that is
 * slow slows rsync down, and one that is left early ends rsync, which makes the result an
 * `AbortedError`. A failure is thrown at the end of the loop as well as to who awaits.
 */
export interface SyncRun extends Promise<SyncResult>, AsyncIterable<SyncEvent, void, undefined> {
  /**
   * The files that rsync began to copy and did not tell the end of, the oldest first; after a run
   * with `inplace` that was stopped or failed, those that are half old and half new. Where rsync
   * sends, one that it told the end of may still have been on its way: {@link Rsync.diff} with the
   * same options tells for sure. Empty without `itemizeChanges`.
   */
  readonly unfinishedFiles: () => readonly FileName[];
}

const replacesProgress = (next: SyncEvent, previous: SyncEvent): boolean =>
  next.type === 'progress' && previous.type === 'progress';

// Each of these writes into the files themselves.
const inplaceWords = /^--(?:inplace|append|append-verify|write-devices)$/;

/** Says in an error that was thrown half-way what that means for the files. */
function tellMixed(error: unknown, { args }: Command, unfinished: readonly FileName[]): void {
  if (!(error instanceof Error) || !args.some((word) => inplaceWords.test(word))) return;
  // What rsync refused it did not begin, and a dry run begins nothing.
  if (args.includes('--dry-run')) return;
  const isHalfway = AbortedError.isInstance(error) || TimeoutError.isInstance(error) || isInterruption(error);
  if (!isHalfway) return;
  const names = unfinished.map(({ path }) => JSON.stringify(path)).join(', ');
  error.message += `; with inplace the destination is old and new mixed${names === '' ? '' : `: not done were ${names}`}`;
}

const isInterruption = (error: Error): boolean =>
  ConnectionError.isInstance(error) || KilledError.isInstance(error) || FileIoError.isInstance(error);

/** Starts a run, of which `plan` tells all; what it throws the run comes to. */
export function startRun(rsync: CommandRunner, plan: () => RunPlan, { check, explain }: FeatureCheck): SyncRun {
  const left = new AbortController();
  const queue = createEventQueue(replacesProgress);
  const unfinished = createUnfinishedFiles();
  const checkOf = ({ call, command }: RunPlan): ReturnType<FeatureCheck['check']> => {
    let checking: ReturnType<FeatureCheck['check']>;
    linkSignals([call.signal, left.signal], (signal) => {
      checking = check(command, { signal, timeoutMs: call.timeoutMs });
      return { result: checking ?? Promise.resolve() };
    });
    return checking;
  };
  const toEnd = async (): Promise<SyncResult> => {
    let planned: RunPlan | undefined;
    try {
      const given = plan();
      const checking = checkOf(given);
      // What needs no waiting begins at once.
      const notes = checking === undefined ? [] : await checking;
      planned = given;
      return await followRun(rsync, planned, { left: left.signal, notes, queue, unfinished });
    } catch (error) {
      if (planned !== undefined) tellMixed(error, planned.command, unfinished.names());
      await explain(error, planned?.call);
      traceCall(error);
      throw error;
    } finally {
      queue.close();
    }
  };
  const result = toEnd();
  const settle = async (): Promise<void> => {
    await result.catch(() => undefined);
  };
  const events: AsyncIterator<SyncEvent, void, undefined> = {
    next: async () => {
      const value = await queue.take();
      if (value !== undefined) return { done: false, value };
      if (!left.signal.aborted) await result;
      return { done: true, value: undefined };
    },
    return: async () => {
      left.abort(new Error('the loop over the events was left'));
      queue.release();
      await settle();
      return { done: true, value: undefined };
    },
  };
  return Object.assign(result, {
    unfinishedFiles: unfinished.names,
    [Symbol.asyncIterator]: () => {
      // Who loops is told by the loop. Who does neither hears of a failure as of that of any
      // promise.
      void settle();
      queue.listen();
      return events;
    },
  });
}
