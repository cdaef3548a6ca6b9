import type { BackupReport } from '../report/report.js';

/** What hooks can be called before or after. */
export type HookPhase = 'preflight' | 'pause' | 'copy' | 'end';

/** What a hook is told. */
export interface HookContext {
  readonly when: 'before' | 'after';
  readonly phase: HookPhase;
  readonly runId: string;
  readonly target: string;
  /** Aborts when the run is aborted, and when the hook's time is over (`hookMs`). */
  readonly signal: AbortSignal;
  /** What the run came to. Only the hook after `end` has it. */
  readonly report: BackupReport | undefined;
}

/** A function of yours that a backup calls, and waits for. */
export type Hook = (context: HookContext) => void | Promise<void>;

/**
 * Functions that a backup calls between its phases. None is called while a run holds guests paused,
 * and none of a `dryRun`.
 */
export interface BackupHooks {
  /**
   * What one of these throws stops the run, which then undoes what it has made: before `preflight`
   * nothing was looked at, before `pause` no guest was paused, before `copy` the guests run again
   * and nothing was copied.
   */
  readonly before?: Partial<Record<Exclude<HookPhase, 'end'>, Hook>>;
  /**
   * What one of these throws is a problem in the report that is not fatal; `preflight` is the
   * exception, where it stops the run, since nothing was begun. `pause` is called when all guests
   * were seen running again. `end` is called with the report of every run that has one, good or
   * not, also where the host has yet to get a guest to run.
   */
  readonly after?: Partial<Record<HookPhase, Hook>>;
}
