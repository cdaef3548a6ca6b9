import type { SyncStats } from '@quiesce/rsync';
import type { Verification, VerificationResult } from '../copy/verify.js';
import type { Checksums } from '../../target/manifest.js';
import type { Problem, StepReport } from '../../steps.js';

/** How a run or a part of it ended. */
export type Outcome = 'success' | 'failed' | 'aborted';

/** The steps of a run, in order. */
export type BackupStep =
  | 'reconcile'
  | 'preflight'
  | 'prepare'
  | 'flush'
  | 'suspend'
  | 'lvm-snapshot'
  | 'resume'
  | 'zfs-snapshot'
  | 'check'
  | 'mount'
  | 'copy'
  | 'checksums'
  | 'verify'
  | 'unmount'
  | 'remove'
  | 'host-root'
  | 'hook';

/** What happened to one guest. */
export interface DomainReport {
  readonly name: string;
  /** State before the run, as libvirt names it. Only a running one is flushed and paused. */
  readonly stateBefore: string;
  /**
   * Whether the guest was told to write out its buffers. What it did about it can't be seen from
   * outside.
   */
  readonly flushed: boolean;
  /** Whether this run told it to pause, and it did not refuse. */
  readonly suspended: boolean;
  /**
   * When it was told to pause, by the clock of the host. Undefined where it was not.
   */
  readonly suspendedAt: Date | undefined;
  /**
   * When it was seen running again, by the clock of the host. Undefined where it was
   * not.
   */
  readonly resumedAt: Date | undefined;
  /**
   * From the request to pause it until it was seen running, in milliseconds: it was paused for no
   * longer than that. Undefined where it was not paused, or was not seen running since.
   */
  readonly pausedMs: number | undefined;
  /** Whether it was seen running after the pause. Undefined where it was not paused. */
  readonly runningAfter: boolean | undefined;
}

/** What rsync did. */
export interface CopyReport {
  /** Folder that was copied. */
  readonly source: string;
  /** Folder that it was copied to. */
  readonly folder: string;
  readonly outcome: Outcome;
  /** When it began, in milliseconds since the start of the run. */
  readonly startedMs: number;
  readonly durationMs: number;
  /** Undefined where rsync failed before it knew. */
  readonly stats: SyncStats | undefined;
}

/** What came of comparing a copy with what was frozen. */
export interface VerificationReport extends VerificationResult {
  readonly kind: Verification;
}

/** What happened to one volume. */
export interface VolumeReport {
  readonly volume: string;
  readonly outcome: Outcome;
  /**
   * Whether its folder in the target holds every byte of it, frozen after its guests had written
   * out their buffers. It stands in the target as well. False with `outcome: 'success'` where one
   * could not: see the problem of the step `flush`.
   */
  readonly complete: boolean;
  /** Device of its LVM snapshot. */
  readonly snapshot: string;
  /**
   * When LVM began to make it, in milliseconds since the start of the run. Undefined where it did
   * not come to that.
   */
  readonly snapshotStartedMs: number | undefined;
  /** When it was gone again, in milliseconds since the start of the run. */
  readonly snapshotRemovedMs: number | undefined;
  /** How full the snapshot was after the copy, in percent. */
  readonly snapshotUsedPercent: number | undefined;
  /** Undefined where it did not come to copying. */
  readonly copy: CopyReport | undefined;
  /** Of what checksums were kept. Undefined where none were. */
  readonly checksums: Checksums | undefined;
  /** Undefined where it was not compared. */
  readonly verification: VerificationReport | undefined;
  /** Whether the snapshot was made and is gone again. Undefined where none was made. */
  readonly snapshotRemoved: boolean | undefined;
}

/** Something of the run that is still there, with what to type. */
export interface Leftover {
  readonly kind: 'domain' | 'lvm-snapshot' | 'mount' | 'folder' | 'unit';
  readonly name: string;
  /** Shell command that undoes it, or that shows what goes on. */
  readonly remedy: string;
}

/** The whole truth about one run. It can be written as JSON. */
export interface BackupReport {
  readonly version: 1;
  readonly recipe: 'lvmToZfsBackup';
  readonly runId: string;
  /** Whether the transport was a `dryRun`: nothing was changed, and nothing was copied. */
  readonly dryRun: boolean;
  readonly outcome: Outcome;
  /** By the clock of the host. */
  readonly startedAt: Date;
  /** By the clock of the host. */
  readonly endedAt: Date;
  readonly durationMs: number;
  readonly target: string;
  /**
   * Whether this run copied every byte of all that it is about, and every other folder of the
   * target holds every byte of an earlier run. It stands in the target as well.
   */
  readonly complete: boolean;
  /**
   * The ZFS snapshot that the run made before it copied. It holds what the target held then: an
   * earlier run's data.
   */
  readonly zfsSnapshot: {
    readonly name: string;
    readonly made: boolean;
    /** When ZFS was told to make it, in milliseconds since the start of the run. */
    readonly startedMs: number | undefined;
    /** Run whose data it holds. Undefined where the target held none or is not known to. */
    readonly holdsRun: string | undefined;
    /** Whether that run was whole. */
    readonly holdsCompleteRun: boolean | undefined;
  };
  readonly domains: readonly DomainReport[];
  readonly volumes: readonly VolumeReport[];
  /**
   * The copies of the host's own files, one for each file system. Empty where they were left out or
   * not come to.
   */
  readonly hostRoot: readonly CopyReport[];
  /** Every step with its time, in the order in which they ended. */
  readonly steps: readonly StepReport<BackupStep>[];
  readonly problems: readonly Problem<BackupStep>[];
  /** What could not be undone. Empty after a good run. */
  readonly leftovers: readonly Leftover[];
}
