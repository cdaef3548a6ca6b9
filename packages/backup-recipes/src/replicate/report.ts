import type { RecipeReport } from '../recipe-report.js';
import type { ProblemEvent, StepEvent } from '../steps.js';
import type { VerifyReport } from '../verify-backup/report.js';

/** The steps of a replication, in order. */
export type ReplicateStep =
  'preflight' | 'snapshot' | 'hold' | 'send' | 'compare' | 'mark' | 'keep' | 'release' | 'mount' | 'verify';

/** A snapshot that both sides have. */
export interface ReplicaSnapshot {
  /** Its name on the copy, as `offsite/backups@daily.1364083186`. */
  readonly snapshot: string;
  /** What ZFS tells it from all others by: on both sides it is the same. */
  readonly guid: string;
  /** The run whose data it holds. Undefined where no run of ours wrote it. */
  readonly runId: string | undefined;
  /** Whether every byte of that run is in it. Undefined where `runId` is. */
  readonly complete: boolean | undefined;
}

/** A hold that was left on a snapshot of the target, so that what is half-sent can be finished. */
export interface LeftHold {
  readonly snapshot: string;
  readonly tag: string;
  /** Shell command that gives it up, which the next replication does by itself. */
  readonly remedy: string;
}

/** What a replication did. It can be written as JSON. */
export interface ReplicateReport extends RecipeReport<ReplicateStep> {
  readonly recipe: 'replicate';
  readonly runId: string;
  readonly target: string;
  /** The dataset that is the copy. */
  readonly copy: string;
  /**
   * The snapshot of what the target held, which this run made. Undefined where a snapshot held it
   * already.
   */
  readonly made: string | undefined;
  /** What was brought over, the oldest first. Empty where all was there. */
  readonly sent: readonly ReplicaSnapshot[];
  /** The newest that both sides have. Undefined where it was not come to. */
  readonly newest: ReplicaSnapshot | undefined;
  /**
   * Snapshots that were on the copy alone, the oldest first, and were destroyed by `rollback`.
   * Empty where none were.
   */
  readonly givenUp: readonly string[];
  /** What went from one side to the other, in bytes. */
  readonly sentBytes: number;
  /** Whether it went on from what an earlier run had sent in part. */
  readonly resumed: boolean;
  /** The bookmark of the target that the next increment can begin at. */
  readonly base: string | undefined;
  /** What reading the copy came to. Undefined where that was not asked for, or not come to. */
  readonly verified: VerifyReport | undefined;
  /** Holds that are left on the target after a failure. */
  readonly held: readonly LeftHold[];
}

/** How far the sending is. */
export interface ReplicateProgressEvent {
  readonly type: 'progress';
  /** The snapshot of the target that it leads to. */
  readonly subject: string;
  /** What has gone over in this stream, in bytes. */
  readonly sentBytes: number;
  /** What the stream takes by the estimate of ZFS, in bytes. Undefined where it gives none. */
  readonly estimatedBytes: number | undefined;
  /** How fast it went in the last seconds. */
  readonly bytesPerSecond: number;
  /** How long the rest takes at that rate, in milliseconds. Undefined where that is not known. */
  readonly remainingMs: number | undefined;
  /** When it was told, in milliseconds since the start. */
  readonly startedMs: number;
}

/** What {@link replicate} tells while it runs. */
export type ReplicateEvent = StepEvent<ReplicateStep> | ProblemEvent<ReplicateStep> | ReplicateProgressEvent;
