import type { SyncOptions } from '@quiesce/rsync';
import type { CopyOptions } from '../options/options.js';

/** What to copy where. */
export interface CopyJob {
  /** The volume or folder that it is, for events. */
  readonly subject: string;
  readonly step: 'copy' | 'host-root';
  readonly source: string;
  readonly folder: string;
  readonly exclude: readonly string[];
  /** A live file system changes while it is copied; a snapshot does not. */
  readonly vanishedFiles: 'error' | 'warn';
}

/** The options of rsync for one copy. */
export function copyOptions(
  state: { readonly options: { readonly copy: Required<CopyOptions> } },
  job: Pick<CopyJob, 'source' | 'folder' | 'exclude' | 'vanishedFiles'>,
): SyncOptions {
  return {
    ...state.options.copy,
    // To the nanosecond: rsync would skip an image that was written again within the second of its last copy.
    modifyWindowSeconds: -1,
    source: job.source.endsWith('/') ? job.source : `${job.source}/`,
    destination: `${job.folder}/`,
    ...(job.exclude.length > 0 && { excludes: job.exclude }),
    vanishedFiles: job.vanishedFiles,
  };
}
