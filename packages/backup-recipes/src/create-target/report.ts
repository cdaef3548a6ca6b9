import type { RecipeReport } from '../recipe-report.js';
import type { ProblemEvent, StepEvent } from '../steps.js';

/** The steps of making a target, in order. */
export type CreateTargetStep = 'preflight' | 'pool' | 'dataset' | 'mend' | 'mount' | 'compare';

/** A property that is not as it was asked for. */
export interface TargetDifference {
  /** The pool or dataset that it is a property of. */
  readonly object: string;
  readonly property: string;
  readonly value: string;
  readonly wanted: string;
  /** Whether it can be set, which `mend: true` does. Others are given only at the beginning. */
  readonly canBeMended: boolean;
}

/** What became of a target. It can be written as JSON. */
export interface CreateTargetReport extends RecipeReport<CreateTargetStep> {
  readonly recipe: 'createBackupTarget';
  readonly target: string;
  /** What this run made: the pool, the dataset, both, or nothing. */
  readonly made: readonly string[];
  /** What it corrected. */
  readonly mended: readonly TargetDifference[];
  /** What is not as it was asked for still. */
  readonly differences: readonly TargetDifference[];
  /** Where it is mounted. Undefined where it is not. */
  readonly folder: string | undefined;
}

/** What {@link createBackupTarget} tells while it runs. */
export type CreateTargetEvent = StepEvent<CreateTargetStep> | ProblemEvent<CreateTargetStep>;
