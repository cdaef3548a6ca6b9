import { CommandError } from '@quiesce/command';
import type { Journal } from '../../journal.js';
import type { ProgressEvent } from '../report/events.js';
import type { BackupReport, BackupStep } from '../report/report.js';
import { HookFailedError } from './hook-failed-error.js';
import type { BackupHooks, Hook, HookContext, HookPhase } from './hooks.js';

/** Calls the hooks of one run. */
export interface HookCaller {
  /** Whether there is one. */
  has(when: 'before' | 'after', phase: HookPhase): boolean;
  /** @throws {@link HookFailedError}, which is in the journal then. */
  call(when: 'before' | 'after', phase: HookPhase): Promise<void>;
  /** What it throws is noted, and not fatal. */
  tell(phase: HookPhase, report?: BackupReport): Promise<void>;
}

/** Calls a hook and waits for it no longer than its signal allows, whether it heeds that or not. */
async function callHook(
  hook: Hook,
  context: Omit<HookContext, 'signal'>,
  outer: AbortSignal | undefined,
  ms: number,
): Promise<void> {
  const own = new AbortController();
  const stop = (): void => own.abort(outer?.reason);
  const timer = setTimeout(() => {
    own.abort(new CommandError(`it did not end within ${String(ms)} ms`));
  }, ms);
  outer?.addEventListener('abort', stop, { once: true });
  try {
    outer?.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
      own.signal.addEventListener('abort', () => {
        reject(own.signal.reason as Error);
      });
    });
    // Of one that goes on, nobody hears any more.
    const called = (async () => hook({ ...context, signal: own.signal }))();
    called.catch(() => undefined);
    await Promise.race([called, aborted]);
  } catch (error) {
    outer?.throwIfAborted();
    throw new HookFailedError(`${context.when} ${context.phase}`, error);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', stop);
  }
}

/** What calls the hooks of one run. */
export function hookCaller(
  { hookMs, hooks, target }: { hookMs: number; hooks: BackupHooks; target: string },
  run: { journal: Journal<BackupStep, ProgressEvent>; isDry: boolean; runId: string; signal: AbortSignal },
): HookCaller {
  const { isDry, journal, runId, signal } = run;
  const find = (when: 'before' | 'after', phase: HookPhase): Hook | undefined =>
    isDry ? undefined : (hooks[when] as BackupHooks['after'])?.[phase];
  return {
    has: (when, phase) => find(when, phase) !== undefined,
    call: async (when, phase) => {
      const hook = find(when, phase);
      if (hook === undefined) return;
      const context = { when, phase, runId, target, report: undefined };
      await journal.step('hook', `${when} ${phase}`, () => callHook(hook, context, signal, hookMs));
    },
    tell: async (phase, report) => {
      const hook = find('after', phase);
      if (hook === undefined) return;
      const context = { when: 'after', phase, runId, target, report } as const;
      const begun = journal.begin('hook', `after ${phase}`);
      try {
        // The end is told after an abort, too.
        await callHook(hook, context, phase === 'end' ? undefined : signal, hookMs);
        begun.end('finished');
      } catch (error) {
        journal.problem('hook', `after ${phase}`, error, false);
        begun.end('failed');
      }
    },
  };
}
