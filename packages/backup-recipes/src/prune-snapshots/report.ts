import type { RecipeReport } from '../recipe-report.js';
import type { ProblemEvent, StepEvent } from '../steps.js';
import type { KeepRules } from './keep.js';
import type { KeptSnapshot } from './policy.js';

/** The steps of {@link pruneSnapshots}, in order. */
export type PruneStep = 'look' | 'destroy';

/** What became of one snapshot. */
export interface PrunedSnapshot extends KeptSnapshot {
  /**
   * `gone`: somebody else destroyed it meanwhile. `left`: it was to go and is still there, or that
   * is not known: the problems tell why.
   */
  readonly outcome: 'kept' | 'destroyed' | 'gone' | 'left';
}

/** What was pruned, and what stays. It can be written as JSON. */
export interface PruneReport extends RecipeReport<PruneStep> {
  readonly recipe: 'pruneSnapshots';
  readonly target: string;
  readonly keep: KeepRules;
  readonly timeZone: string;
  /** Every snapshot of the target, the newest first. Empty where it was not come to. */
  readonly snapshots: readonly PrunedSnapshot[];
  /** What became free, in bytes. ZFS may need a while to give it back. */
  readonly freedBytes: number;
}

/** What {@link pruneSnapshots} tells while it runs. */
export type PruneEvent = StepEvent<PruneStep> | ProblemEvent<PruneStep>;
