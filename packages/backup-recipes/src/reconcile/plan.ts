import type { LockHolder } from '../host/lock.js';
import { readLiveRun } from '../live-run.js';
import type { Finding } from './finding.js';
import type { ResolvedReconcileOptions } from './options.js';
import { planToShell } from './plan-to-shell.js';
import { findingsOf, withoutRun } from './survey/findings.js';
import { survey } from './survey/survey.js';
import type { UnseenPart } from './survey/unseen.js';

/** What `run` would undo on the host as it is now. Everything but `toShell` is data. */
export interface ReconcilePlan {
  readonly version: 1;
  readonly recipe: 'reconcile';
  /** The run that is under way, whose things are left out. `run` would refuse. */
  readonly liveRun: LockHolder | undefined;
  /** What runs that are over have left, in the order in which it is undone. */
  readonly found: readonly Finding[];
  /** What could not be looked at, so that something may be left there. */
  readonly unseen: readonly UnseenPart[];
  /** A shell script that does the same, to read, to keep and to run by hand. */
  toShell(): string;
}

/** Looks what runs that are over have left on the host. */
export async function planReconcile(
  options: ResolvedReconcileOptions,
  signal: AbortSignal | undefined,
): Promise<ReconcilePlan> {
  const found = await survey(options, signal);
  // Asked last: a run that has begun after the things of others were listed has none among them.
  const liveRun = await readLiveRun(options.transport, signal);
  const plan: Omit<ReconcilePlan, 'toShell'> = {
    version: 1,
    recipe: 'reconcile',
    liveRun,
    found: findingsOf(liveRun === undefined ? found : withoutRun(found, liveRun.runId)),
    unseen: found.unseen.map(({ subject, message }) => ({ subject, message })),
  };
  return { ...plan, toShell: () => planToShell(plan) };
}
