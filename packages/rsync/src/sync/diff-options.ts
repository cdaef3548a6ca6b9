import type { Rows } from '@quiesce/command';
import type { RsyncOptions } from '../options/sync-options.js';
import { rsyncRows } from '../options/sync-rows.js';

/** What {@link Rsync.diff} takes: what {@link Rsync.sync} would be given. */
export interface RsyncDiffOptions extends Omit<
  RsyncOptions,
  'dryRun' | 'itemizeChanges' | 'maximumChanges' | 'maxDeleteReached' | 'vanishedFiles'
> {
  /** Ends rsync and its children at once. */
  readonly signal?: AbortSignal | undefined;
}

const {
  dryRun: _always,
  itemizeChanges: _too,
  maximumChanges: _all,
  maxDeleteReached: _deletesNone,
  vanishedFiles: _readsNone,
  ...rows
} = rsyncRows;

/** The words of {@link RsyncDiffOptions}. */
export const rsyncDiffRows: Rows<RsyncDiffOptions> = rows;
