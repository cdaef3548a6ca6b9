import type { RecipeReport } from '../recipe-report.js';
import type { ProblemEvent, StepEvent } from '../steps.js';
import type { GuestImage } from '../target/guests.js';

/** The steps of a boot test, in order. */
export type BootStep = 'preflight' | 'begin' | 'snapshot' | 'clone' | 'start' | 'watch' | 'end' | 'remove';

/** An image that a guest was started from. */
export interface BootImage extends GuestImage {
  /** What the guest's definition calls its disk, as `vda`. */
  readonly disk: string;
  /** The run whose data the image is of. */
  readonly runId: string | undefined;
  /** Whether every byte of that run is in it. */
  readonly complete: boolean;
}

/** Something of a boot test that is still there, with what to type. */
export interface BootLeftover {
  readonly kind: 'test-guest' | 'test-clone' | 'test-snapshot' | 'folder';
  readonly name: string;
  /** Shell command that removes it. `reconcile` does it too. */
  readonly remedy: string;
}

/** What came of a boot test. It can be written as JSON. */
export interface BootReport extends RecipeReport<BootStep> {
  readonly recipe: 'bootTest';
  /** Names the test, and what it made: `quiesce-boot-<testId>`. */
  readonly testId: string;
  readonly target: string;
  readonly guest: string;
  /** Snapshot that it was started from. Undefined for what the target held. */
  readonly snapshot: string | undefined;
  /** The run whose data that is. */
  readonly runId: string | undefined;
  /** When that run was. */
  readonly at: Date | undefined;
  readonly images: readonly BootImage[];
  /** What of the guest was left out, as `interface`, or `disk vdb` for one that is in no backup. */
  readonly leftOut: readonly string[];
  /**
   * How it ended: the sign was seen, there was none in time, the guest ended before, or printed
   * more than a test can follow. Undefined where it did not come to that.
   */
  readonly ended: 'sign' | 'timeout' | 'guest-ended' | 'flood' | undefined;
  /** From the start of the guest until its sign, in milliseconds. Undefined without one. */
  readonly signMs: number | undefined;
  /** The last 50 lines that the guest printed. */
  readonly console: readonly string[];
  /** What could not be removed. Empty after a success. */
  readonly leftovers: readonly BootLeftover[];
}

/** What {@link bootTest} tells while it runs. */
export type BootEvent = StepEvent<BootStep> | ProblemEvent<BootStep>;
