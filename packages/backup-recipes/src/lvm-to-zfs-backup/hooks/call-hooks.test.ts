import { CommandError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { Journal } from '../../journal.js';
import type { ProgressEvent } from '../report/events.js';
import type { BackupStep } from '../report/report.js';
import { hookCaller, type HookCaller } from './call-hooks.js';
import { HookFailedError } from './hook-failed-error.js';
import type { BackupHooks } from './hooks.js';

function caller(
  hooks: BackupHooks,
  { signal = new AbortController().signal, isDry = false, hookMs = 60_000 } = {},
): { caller: HookCaller; journal: Journal<BackupStep, ProgressEvent> } {
  const journal = new Journal<BackupStep, ProgressEvent>('preflight', undefined);
  return { journal, caller: hookCaller({ hookMs, hooks, target: 'a/b' }, { journal, isDry, runId: '1-a', signal }) };
}

const thrown = (promise: Promise<void>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a hook', () => {
  it('is told what it needs, and waited for', async () => {
    const told: unknown[] = [];
    const { caller: hooks, journal } = caller({
      before: {
        pause: async ({ signal, ...context }) => {
          await Promise.resolve();
          told.push(context, signal.aborted);
        },
      },
    });
    await hooks.call('before', 'pause');
    expect(told).toEqual([{ when: 'before', phase: 'pause', runId: '1-a', target: 'a/b', report: undefined }, false]);
    expect(journal.steps).toMatchObject([{ step: 'hook', subject: 'before pause', state: 'finished' }]);
    expect([hooks.has('before', 'pause'), hooks.has('after', 'pause')]).toEqual([true, false]);
    await hooks.call('before', 'copy');
  });

  it('that throws is an error with its reason, and a fatal problem', async () => {
    const cause = new Error('the database does not answer');
    const { caller: hooks, journal } = caller({
      before: {
        copy: () => {
          throw cause;
        },
      },
    });
    const error = await thrown(hooks.call('before', 'copy'));
    expect(HookFailedError.isInstance(error) && error.hook).toBe('before copy');
    expect(error).toMatchObject({ cause, message: 'the hook before copy failed: the database does not answer' });
    expect(journal.problems).toMatchObject([{ step: 'hook', subject: 'before copy', fatal: true }]);
  });

  it('that throws afterwards is a warning', async () => {
    const { caller: hooks, journal } = caller({ after: { end: () => Promise.reject(new Error('no mail')) } });
    await hooks.tell('end');
    expect(journal.problems).toMatchObject([{ message: 'the hook after end failed: no mail', fatal: false }]);
    expect(journal.failed).toBe(false);
  });

  it('that hangs is left alone when its time is over', async () => {
    let aborted = false;
    const hang: BackupHooks = {
      before: {
        pause: ({ signal }) => {
          signal.addEventListener('abort', () => (aborted = true));
          return new Promise(() => undefined);
        },
      },
    };
    const error = await thrown(caller(hang, { hookMs: 20 }).caller.call('before', 'pause'));
    expect(error).toMatchObject({ message: 'the hook before pause failed: it did not end within 20 ms' });
    expect(aborted).toBe(true);
  });

  it('ends with the run, but for that of the end', async () => {
    const stop = new AbortController();
    const waits = caller({ after: { copy: () => new Promise(() => undefined) } }, { signal: stop.signal });
    const telling = waits.caller.tell('copy');
    stop.abort(new CommandError('stopped'));
    await telling;
    expect(waits.journal.problems).toMatchObject([{ message: 'stopped' }]);
    let told = false;
    await caller({ after: { end: () => void (told = true) } }, { signal: stop.signal }).caller.tell('end');
    expect(told).toBe(true);
  });

  it('is not called in a dry run', async () => {
    let called = false;
    const { caller: hooks } = caller({ before: { pause: () => void (called = true) } }, { isDry: true });
    await hooks.call('before', 'pause');
    expect([called, hooks.has('before', 'pause')]).toEqual([false, false]);
  });
});
