import type { RecipeReport } from '../recipe-report.js';
import type { ProblemEvent, StepEvent } from '../steps.js';

/** The steps of a restore, in order. */
export type RestoreStep = 'preflight' | 'copy' | 'verify' | 'place' | 'remove';

/** One file that is restored. */
export interface RestoredFile {
  /** Where it is in the target. */
  readonly from: string;
  /** Where it goes: a file, or the device of a new volume. */
  readonly to: string;
  /** Its length, in bytes. */
  readonly sizeBytes: number;
  /**
   * `kept`: what was there before is there still, and no volume was made. `not-known`: the link to
   * the host was lost while it was moved to its place, or the disk did not confirm that. The
   * problems say what to look at.
   */
  readonly outcome: 'restored' | 'kept' | 'not-known';
  /**
   * What it was compared with before it took its place: the checksum of what was frozen, or the
   * target's copy where none was kept. Undefined where it did not come to that.
   */
  readonly verifiedBy: 'checksum' | 'copy' | undefined;
}

/** Something of a restore that is still there. */
export interface RestoreLeftover {
  readonly name: string;
  /** Shell command that removes it. */
  readonly remedy: string;
}

/** What a restore did. It can be written as JSON. */
export interface RestoreReport extends RecipeReport<RestoreStep> {
  readonly recipe: 'restoreImages';
  readonly runId: string;
  readonly target: string;
  /** The snapshot that it was restored from. Undefined for what the target held. */
  readonly snapshot: string | undefined;
  /** The runs whose data was restored. */
  readonly restoredRuns: readonly string[];
  /** When that run was; the oldest of several. */
  readonly restoredAt: Date | undefined;
  readonly files: readonly RestoredFile[];
  readonly leftovers: readonly RestoreLeftover[];
}

/** How far the restoring of one file is. */
export interface RestoreProgressEvent {
  readonly type: 'progress';
  /** Where it goes. */
  readonly subject: string;
  readonly transferredBytes: number;
  readonly totalBytes: number;
  /** When it was told, in milliseconds since the start. */
  readonly startedMs: number;
}

/** What {@link restoreImages} tells while it runs. */
export type RestoreEvent = StepEvent<RestoreStep> | ProblemEvent<RestoreStep> | RestoreProgressEvent;

/** Something to know of what is restored, that does not keep it from being restored. */
export interface RestoreWarning {
  readonly subject: string;
  readonly message: string;
}
