import type { Transport } from '@quiesce/command';
import type { Clients } from '../clients.js';
import type { Journal } from '../journal.js';
import type { ProgressEvent } from './report/events.js';
import type { HostFacts, VolumeFacts } from './preflight/host-facts.js';
import type { Checksums } from '../target/manifest.js';
import type { BackupStep, CopyReport, DomainReport, Leftover, VerificationReport } from './report/report.js';
import type { HookCaller } from './hooks/call-hooks.js';
import type { ResolvedOptions } from './options/resolve-options.js';

/** How far the work on one volume has come: what is made must be undone. */
export interface VolumeState {
  readonly facts: VolumeFacts;
  /** The space for its snapshot may exist. */
  spaceMade: boolean;
  /** The space has become its snapshot. */
  snapshotMade: boolean;
  mounted: boolean;
  /** It could not be unmounted, however often that was tried. */
  stuck: boolean;
  folderMade: boolean;
  failed: boolean;
  cleaned: boolean;
  removed: boolean | undefined;
  snapshotStartedMs: number | undefined;
  removedMs: number | undefined;
  usedPercent: number | undefined;
  copy: CopyReport | undefined;
  checksums: Checksums | undefined;
  verification: VerificationReport | undefined;
}

/** The journal of a backup. */
export type BackupJournal = Journal<BackupStep, ProgressEvent>;

/** Everything that the parts of one run share. */
export interface RunState {
  readonly runId: string;
  /** Nothing that is written reaches the host, so nothing can be seen of it there. */
  readonly isDry: boolean;
  readonly options: ResolvedOptions;
  /** It outlives a lost link for some time. */
  readonly transport: Transport;
  readonly clients: Clients;
  readonly journal: BackupJournal;
  /** When the run began, by the clock of the host, in milliseconds of UNIX time. */
  readonly startedAtMs: number;
  /** Milliseconds from the start of the run to a moment of the host's clock. */
  readonly sinceStart: (atMs: number) => number;
  readonly signal: AbortSignal;
  /** Aborts with `signal`, and where the pool of the target does not work any more. */
  readonly copySignal: AbortSignal;
  /** Resolves when it is known whether this run holds the lock of the host still. */
  readonly lockCertain: () => Promise<void>;
  readonly facts: HostFacts;
  readonly hooks: HookCaller;
  readonly volumes: readonly VolumeState[];
  /** Folders of the target that this run writes to, and whether they hold every byte. */
  readonly folders: Map<string, boolean>;
  domains: DomainReport[];
  readonly leftovers: Leftover[];
}

/** The state of a volume that nothing was done with. */
export function untouched(facts: VolumeFacts): VolumeState {
  return {
    facts,
    spaceMade: false,
    snapshotMade: false,
    mounted: false,
    stuck: false,
    folderMade: false,
    failed: false,
    cleaned: false,
    removed: undefined,
    snapshotStartedMs: undefined,
    removedMs: undefined,
    usedPercent: undefined,
    copy: undefined,
    checksums: undefined,
    verification: undefined,
  };
}

/**
 * The volumes by their groups. Those of a group share disks and a lock of LVM, so they are dealt
 * with one by one.
 */
export function byGroup(volumes: readonly VolumeState[]): VolumeState[][] {
  const groups = new Map<string, VolumeState[]>();
  for (const volume of volumes) {
    const group = groups.get(volume.facts.volumeGroup) ?? [];
    groups.set(volume.facts.volumeGroup, [...group, volume]);
  }
  return [...groups.values()];
}

/**
 * Nothing that was copied counts: the snapshots are not of a moment at which all guests stood
 * still.
 */
export function failAll({ volumes }: RunState): void {
  for (const volume of volumes) volume.failed = true;
}
