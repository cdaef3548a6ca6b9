import type { ProblemEvent, StepEvent } from '../../steps.js';
import type { BackupStep } from './report.js';

/** A copy got on. */
export interface ProgressEvent {
  readonly type: 'progress';
  /** The volume, or the folder of the host. */
  readonly subject: string;
  readonly transferredBytes: number;
  /** From 0 to 100. */
  readonly percent: number;
  readonly bytesPerSecond: number;
  /** When it was told, in milliseconds since the start. */
  readonly startedMs: number;
}

/** What {@link lvmToZfsBackup} tells while it runs. */
export type BackupEvent = StepEvent<BackupStep> | ProgressEvent | ProblemEvent<BackupStep>;
