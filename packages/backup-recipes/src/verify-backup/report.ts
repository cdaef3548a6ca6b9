import type { RecipeReport } from '../recipe-report.js';
import type { ProblemEvent, StepEvent } from '../steps.js';

/** The steps of a verification, in order. */
export type VerifyStep = 'preflight' | 'scrub' | 'pool' | 'verify' | 'mark';

/** What comparing one folder with its checksums came to. */
export interface VerifiedFolder {
  /** Its name below the target, as `SSD.images`. */
  readonly folder: string;
  /** The run that it is of. */
  readonly runId: string;
  /**
   * `incomplete`: its run did not copy every byte, so there is nothing to compare with. `unknown`:
   * no checksums of that run were kept, as of the host's own files. `broken`: what was kept can't
   * be read. `changed`: a run wrote to it meanwhile. `failed`: it was not compared to the end: the
   * problems tell why.
   */
  readonly outcome: 'whole' | 'damaged' | 'incomplete' | 'unknown' | 'broken' | 'changed' | 'failed';
  /** Files that have a checksum. */
  readonly files: number;
  /** What they hold, in bytes. */
  readonly bytes: number;
  /**
   * How many names differ: missing, surplus, of another type, size or target, with other bytes, or
   * not readable.
   */
  readonly differences: number;
  /** The first 100 of them. */
  readonly different: readonly string[];
}

/** What comparing a state of the target came to. */
export interface VerifiedBackup {
  /** Undefined for what the target holds now. */
  readonly snapshot: string | undefined;
  readonly runId: string | undefined;
  /** When that run was. */
  readonly at: Date | undefined;
  /**
   * `whole`: every copy of a volume is. `partly`: of some no checksums were kept, and all others
   * are whole. `not-compared`: none were kept of any. `incomplete` or `broken`: at least one folder
   * is. `nothing`: no run of ours wrote it. `changed`: a run wrote to it meanwhile. `failed`: at
   * least one folder was not compared to the end, and none that was is worse; or nothing of it can
   * be read.
   */
  readonly outcome:
    'whole' | 'partly' | 'damaged' | 'incomplete' | 'broken' | 'not-compared' | 'nothing' | 'changed' | 'failed';
  readonly folders: readonly VerifiedFolder[];
}

/** How the pool is that a target lies on. */
export interface PoolHealth {
  readonly name: string;
  /** As ZFS names it: `ONLINE`, `DEGRADED`, …. */
  readonly state: string;
  /** Damaged files and blocks, lost for good. */
  readonly dataErrors: number | undefined;
  /** The damaged files that ZFS can name. */
  readonly damagedFiles: readonly string[];
  /** When the last scrub ended. Undefined where there was none, or it goes on. */
  readonly scrubbedAt: Date | undefined;
  /** What it could not repair, in blocks. */
  readonly scrubErrors: number | undefined;
}

/** What a verification found. It can be written as JSON. */
export interface VerifyReport extends RecipeReport<VerifyStep> {
  readonly recipe: 'verifyBackup';
  readonly target: string;
  /** Undefined where it was not come to. */
  readonly pool: PoolHealth | undefined;
  readonly backups: readonly VerifiedBackup[];
}

/** How far the comparing is. */
export interface VerifyProgressEvent {
  readonly type: 'progress';
  /** The folder, or the pool that is scrubbed. */
  readonly subject: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** When it was told, in milliseconds since the start. */
  readonly startedMs: number;
}

/** What {@link verifyBackup} tells while it runs. */
export type VerifyEvent = StepEvent<VerifyStep> | ProblemEvent<VerifyStep> | VerifyProgressEvent;
