import type { Outcome } from './lvm-to-zfs-backup/report/report.js';
import type { Problem, StepReport } from './steps.js';

/** What the report of every recipe tells. */
export interface RecipeReport<Step extends string = string> {
  readonly version: 1;
  readonly recipe: string;
  readonly outcome: Outcome;
  /** By the clock of the host. */
  readonly startedAt: Date;
  /** By the clock of the host. */
  readonly endedAt: Date;
  readonly durationMs: number;
  /** Every step with its time, in the order in which they ended. */
  readonly steps: readonly StepReport<Step>[];
  readonly problems: readonly Problem<Step>[];
}
