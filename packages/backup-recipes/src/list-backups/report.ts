import type { Problem, ProblemEvent, StepEvent } from '../steps.js';
import type { GuestImage } from '../target/guests.js';
import type { BackupState } from '../target/states.js';

/** An image of a guest in one state of a target. */
export interface ListedImage extends GuestImage {
  /** Where it is. */
  readonly at: string;
  /** Its length, in bytes. Undefined where it is not there. */
  readonly sizeBytes: number | undefined;
  /** What it takes up on the target, in bytes: less, where it has holes or is compressed. */
  readonly allocatedBytes: number | undefined;
  /** The run that it is of. */
  readonly runId: string | undefined;
  /** Whether it is there, and its folder holds every byte of that run. */
  readonly complete: boolean;
}

/** A guest in one state of a target. */
export interface ListedGuest {
  readonly name: string;
  readonly uuid: string;
  /** Its images on the volumes that were backed up. */
  readonly images: readonly ListedImage[];
  /** Whether all of them are complete, and of one run. */
  readonly complete: boolean;
}

/** A state of a target that can be restored from. */
export interface ListedBackup extends Omit<BackupState, 'guests'> {
  readonly guests: readonly ListedGuest[];
}

/** What a target holds. It can be written as JSON. */
export interface BackupList {
  readonly version: 1;
  readonly recipe: 'listBackups';
  readonly target: string;
  /** What it holds now, and then its snapshots, the newest first. */
  readonly backups: readonly ListedBackup[];
  /** What is worth knowing of them. */
  readonly problems: readonly Problem<'list'>[];
}

/** What {@link listBackups} tells while it runs. */
export type ListEvent = StepEvent<'list'> | ProblemEvent<'list'>;
