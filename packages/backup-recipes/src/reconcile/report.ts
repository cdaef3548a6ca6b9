import type { Outcome } from '../lvm-to-zfs-backup/report/report.js';
import type { Problem, ProblemEvent, StepEvent, StepReport } from '../steps.js';
import type { Finding } from './finding.js';

/** The steps of {@link reconcile}, in order. */
export type ReconcileStep = 'survey' | 'resume' | 'copy' | 'unmount' | 'remove';

/** What {@link reconcile} tells while it runs. */
export type ReconcileEvent = StepEvent<ReconcileStep> | ProblemEvent<ReconcileStep>;

/** Something of a run that is gone now. */
export type UndoneThing = Pick<Finding, 'kind' | 'name' | 'runId'>;

/** Something of a run that is still there, with what to type. */
export interface LeftThing extends UndoneThing {
  /** Shell command that undoes it, or shows what is being done about it. */
  readonly remedy: string;
}

/**
 * The whole truth about what was left of runs, and what became of it. It can be written as JSON.
 */
export interface ReconcileReport {
  readonly version: 1;
  readonly recipe: 'reconcile';
  readonly outcome: Outcome;
  /** By the clock of the host. */
  readonly startedAt: Date;
  /** By the clock of the host. */
  readonly endedAt: Date;
  readonly durationMs: number;
  /** What was undone, in that order. */
  readonly undone: readonly UndoneThing[];
  /** What could not be undone. Empty after a success. */
  readonly left: readonly LeftThing[];
  /** Every step with its time, in the order in which they ended. */
  readonly steps: readonly StepReport<ReconcileStep>[];
  readonly problems: readonly Problem<ReconcileStep>[];
}
