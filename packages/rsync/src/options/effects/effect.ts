import type { SyncEvent } from '../../output/output-parser.js';
import type { SyncResult } from '../../sync/outcome.js';
import type { RsyncSshRemote } from '../remote.js';
import type { RsyncOptions } from '../sync-options.js';

/** Where a run of an effect takes place. */
export interface Place {
  /** In the source that all effects share, and none changes. */
  readonly from: (name?: string) => string;
  /** In the destination, which is new for each run. */
  readonly to: (name?: string) => string;
  /** In a folder for whatever else there is to be, new for each run. */
  readonly own: (name?: string) => string;
  /** In `to`, or where the path says, by a remote shell that is a script here. */
  readonly remote: (path: string) => RsyncSshRemote;
  /** In the module of a real daemon. */
  readonly daemon: { readonly daemon: string; readonly port: number; readonly module: string; readonly user: string };
  /** The password of its user, as a file. */
  readonly passwordFile: string;
  /** Where the module is. */
  readonly moduleFolder: string;
}

/** What came of a run. */
export interface Outcome {
  readonly result: SyncResult | undefined;
  readonly error: unknown;
  readonly events: readonly SyncEvent[];
  /** What rsync said on both streams, a line each. */
  readonly said: string;
  /** The words of the remote rsync, one a line, after those of the remote shell. */
  readonly words: string;
  readonly durationMs: number;
  /** Whether `during` saw what it looks for. */
  readonly met: boolean;
}

type Options = Partial<RsyncOptions>;

/**
 * Where an effect is seen: in the `files` on either side, in the `outcome` of the call, in what
 * rsync says of itself (`output`), at the `process` while it runs, in the `words` that a remote
 * side gets, or in that this rsync `refused` it by name.
 */
export type Kind = 'files' | 'outcome' | 'output' | 'process' | 'words' | 'refused';

/** What an option changes: what is seen with it, and not without. */
export interface Effect {
  /** @default 'files' */
  readonly kind?: Kind;
  /** Makes what is needed besides, before each of the runs. */
  readonly prepare?: (place: Place) => unknown;
  /** Options of both runs. */
  readonly along?: Options | ((place: Place) => Options);
  /** The option, of one of them. */
  readonly options: Options | ((place: Place) => Options);
  /** Looked at all the time while rsync runs. */
  readonly during?: (place: Place) => boolean;
  /** Since when rsync does what the option says, where it had it before. */
  readonly worksSince?: string;
  readonly seen: (place: Place, outcome: Outcome) => boolean | Promise<boolean>;
}

/** One effect or several of each option of a topic. */
export type Effects<Topic> = Readonly<Record<keyof Topic, Effect | readonly Effect[]>>;

/** Goes into directories and keeps nothing, as most effects need it. */
export const all = { recursive: true } as const;
/** Keeps what `archive` keeps. */
export const archive = { archive: true } as const;
