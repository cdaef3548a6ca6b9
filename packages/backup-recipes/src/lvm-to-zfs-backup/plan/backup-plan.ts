import type { Command } from '@quiesce/command';
import type { RunLimits } from '../../limits.js';

/** A copy into a folder of the target. */
export interface PlannedCopy {
  readonly source: string;
  /** Sees to it that the folder lies on the target itself, and marks it as being written to. */
  readonly open: Command;
  /** Parts what is linked in the copy and not in the source any more. */
  readonly breakLinks: Command;
  /** Exits with 24 where files vanished meanwhile. */
  readonly copy: Command;
  /**
   * Done where that exited with 23, of the live host: some files it only manages the second time.
   */
  readonly again: Command | undefined;
  /**
   * Prints `differences 0`, ended by NUL, where the copy is as its source. Undefined where that is
   * not looked at.
   */
  readonly verify: Command | undefined;
  /**
   * Keeps the checksums of what was frozen. Undefined where none are kept.
   */
  readonly checksums: Command | undefined;
  /** Sees to it that the folder still lies on the target itself, and marks it as complete. */
  readonly complete: Command;
}

/** What would be done with one volume. */
export interface PlannedVolume {
  readonly volume: string;
  readonly snapshot: string;
  readonly makeSpace: Command;
  /** Undefined for a file system that is not checked. */
  readonly check: Command | undefined;
  readonly mount: Command;
  readonly copy: PlannedCopy;
  /**
   * Succeeds where the snapshot is mounted still: whoever has unmounted it has left an empty folder
   * to copy.
   */
  readonly isMounted: Command;
  /** Says whether the snapshot has filled up meanwhile. */
  readonly status: Command;
  readonly unmount: Command;
  readonly remove: Command;
  readonly removeFolder: Command;
}

/** How the guests are paused: by a script that the host runs as a service of its own. */
export interface PlannedPause {
  /** Names of the guests that would be paused: those that run. */
  readonly domains: readonly string[];
  /** The script: from asking libvirt to the last resume. */
  readonly script: string;
  /** Writes it to the host. The script is its standard input. */
  readonly writeScript: Command;
  /** Runs it. */
  readonly start: Command;
  /** Ends it early, which resumes the guests as any other end does. */
  readonly stop: Command;
  /**
   * File that it tells its events to. `frozen 0` in it means a good snapshot of the first volume,
   * `ended` that all is over.
   */
  readonly events: string;
  /** Removes what it leaves. */
  readonly forget: Command;
}

/** What `run` would do on the host as it is now. Everything but `toShell` is data. */
export interface BackupPlan {
  readonly version: 1;
  readonly recipe: 'lvmToZfsBackup';
  readonly runId: string;
  readonly epochSeconds: number;
  readonly target: string;
  readonly zfsSnapshot: string;
  /** How long its commands may take, in milliseconds. */
  readonly limits: RunLimits;
  /** Says which run's data the target holds. */
  readonly readProvenance: Command;
  /** What `readProvenance` printed when the plan was made: the ZFS snapshot is marked with it. */
  readonly provenance: readonly string[];
  /** Says the same by the files in the target, which go with its data. */
  readonly readState: Command;
  /** What `readState` printed when the plan was made. */
  readonly state: string;
  readonly makeFolders: Command;
  readonly volumes: readonly PlannedVolume[];
  readonly pause: PlannedPause;
  readonly settleDevices: Command;
  readonly makeZfsSnapshot: Command;
  readonly markIncomplete: Command;
  /**
   * Closes the target to everybody but root, and notes in it that a run writes to it, and whose
   * images. Those are its standard input.
   */
  readonly openTarget: Command;
  /**
   * The copies of the host's own files, one for each file system. Empty where they are left out.
   */
  readonly hostRoot: readonly PlannedCopy[];
  /** Notes in the target that it is complete. Exits with 4 where one of its folders is not. */
  readonly completeTarget: Command;
  readonly markComplete: Command;
  readonly removeRunFolder: Command;
  /** A shell script that does the same, to read, to keep and to run by hand. */
  toShell(): string;
}
