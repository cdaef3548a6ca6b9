import type { BackupStep, Problem } from './report.js';

/** A step began or ended. */
export interface StepEvent {
  readonly type: 'step';
  readonly step: BackupStep;
  readonly state: 'started' | 'finished' | 'failed';
  /** The domain, volume or dataset that it is about; several are separated by a comma and a blank. */
  readonly subject: string;
  /** From start to end, in milliseconds. Undefined when it has just begun. */
  readonly durationMs: number | undefined;
}

/** A copy got on. */
export interface ProgressEvent {
  readonly type: 'progress';
  /** The volume, or the folder of the host. */
  readonly subject: string;
  readonly transferredBytes: number;
  /** From 0 to 100. */
  readonly percent: number;
  readonly bytesPerSecond: number;
}

/** Something went wrong. */
export interface ProblemEvent {
  readonly type: 'problem';
  readonly problem: Problem;
}

/** What {@link lvmToZfsBackup} tells while it runs. */
export type BackupEvent = StepEvent | ProgressEvent | ProblemEvent;
