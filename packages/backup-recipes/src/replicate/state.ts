import type { CallOptions } from '@quiesce/command';
import type { Zfs } from '@quiesce/zfs';
import type { Journal } from '../journal.js';
import type { VerifyReport } from '../verify-backup/report.js';
import type { ResolvedReplicateOptions } from './options.js';
import type { SideSnapshot } from './read-side.js';
import type { LeftHold, ReplicateProgressEvent, ReplicateStep } from './report.js';

/** What the parts of one run share. */
export interface ReplicateState {
  readonly options: ResolvedReplicateOptions;
  readonly runId: string;
  readonly journal: Journal<ReplicateStep, ReplicateProgressEvent>;
  /** The client of the host that has the target. */
  readonly source: Zfs;
  /** The client of the host that has the copy. */
  readonly copy: Zfs;
  readonly signal: AbortSignal;
  /** What has been done so far. */
  readonly done: Done;
}

/** What a run has done so far. */
export interface Done {
  made: string | undefined;
  /** Snapshots of the target that the copy got. */
  sent: readonly SideSnapshot[];
  /** The newest snapshot of the target that both have, by its name on the copy. */
  newest: Pick<SideSnapshot, 'name' | 'guid' | 'provenance'> | undefined;
  /** Snapshots of the copy that a rollback destroyed. */
  givenUp: readonly string[];
  sentBytes: number;
  resumed: boolean;
  base: string | undefined;
  verified: VerifyReport | undefined;
  held: readonly LeftHold[];
}

/** For looking at something. */
export function reading({ options, signal }: Pick<ReplicateState, 'options' | 'signal'>): CallOptions {
  return { signal, timeoutMs: options.limits.readMs };
}

/** For changing a property, hold or bookmark. */
export function changing({ options, signal }: Pick<ReplicateState, 'options' | 'signal'>): CallOptions {
  return { signal, timeoutMs: options.limits.zfsMs };
}
