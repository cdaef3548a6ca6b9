import type { CallOptions } from '@quiesce/command';
import type { RsyncBatchOptions } from './batch.js';
import type { RsyncCompareOptions } from './compare.js';
import type { RsyncConnectionOptions } from './connection.js';
import type { RsyncDeleteOptions } from './delete.js';
import type { RsyncDestinationOptions } from './destination.js';
import type { RsyncKeepOptions } from './keep.js';
import type { RsyncLimitsOptions } from './limits.js';
import type { RsyncEndpoint } from './remote.js';
import type { RsyncSelectOptions } from './select.js';
import type { RsyncTransferOptions } from './transfer.js';

/**
 * What {@link Rsync.sync} takes. Every option is one of rsync's own and off unless it is given, as
 * in rsync itself.
 *
 * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
 */
export interface RsyncOptions
  extends
    CallOptions,
    RsyncKeepOptions,
    RsyncTransferOptions,
    RsyncDestinationOptions,
    RsyncDeleteOptions,
    RsyncSelectOptions,
    RsyncCompareOptions,
    RsyncLimitsOptions,
    RsyncConnectionOptions,
    RsyncBatchOptions {
  /**
   * What to copy: one path or several. A slash at the end of a directory decides what arrives,
   * exactly as in rsync: `/data/vm/` copies what is *in* the directory into the destination,
   * `/data/vm` copies the directory itself and makes `vm` in the destination. With `delete` that
   * also decides where files are removed.
   *
   * A path is on the machine where rsync runs, `user@host:path` on another that is reached with
   * ssh, `{ host, path }` too, with the options of `sshTransport`. `rsync://host/module/path` and
   * `{ daemon, module, path }` are of an rsync daemon. Sources are all on one machine, and only
   * they or the destination may be on another.
   */
  readonly source: RsyncEndpoint | readonly RsyncEndpoint[];
  /**
   * Where to copy to, as a source is given. Its last component is made when it is missing.
   */
  readonly destination: RsyncEndpoint;

  /**
   * Copies these files of the source alone, by their paths below it, in the place that they have
   * there: `--files-from`. Any name that {@link Rsync.list} or {@link Rsync.diff} told comes out
   * right: `files.map(({ path, pathBytes }) => pathBytes ?? path)`. What is in a directory goes
   * with it only with `recursive`, which `archive` does not imply here. Paths with `..`, or with
   * `/./` in between, are refused: rsync takes them for others. Takes one source. A list
   * that is in a file is `filesFrom`. Where rules are read from files too, those want `from0`.
   * @default everything in `source`
   */
  readonly files?: readonly (string | Uint8Array)[];

  /**
   * Changes nothing, and tells what it would do: `--dry-run`.
   * @default false
   */
  readonly dryRun?: boolean;
  /**
   * Tells each file that changes as a {@link SyncChange} while it runs: `--itemize-changes`.
   * @default false
   */
  readonly itemizeChanges?: boolean;
  /**
   * How many changes to keep for `changes` of the result. Each takes some hundred bytes of memory.
   * Needs `itemizeChanges`.
   * @default 0
   */
  readonly maximumChanges?: number;
  /**
   * What it means when files vanished from the source while it was copied: a
   * {@link VanishedFilesError}, or a warning in the result. From a snapshot nothing may vanish; a
   * running system's files come and go.
   * @default 'error'
   */
  readonly vanishedFiles?: 'error' | 'warn';
  /**
   * What it means when a source is a directory and neither `archive` nor `recursive` is given: a
   * {@link SkippedDirectoriesError}, or a warning in the result.
   * @default 'error'
   */
  readonly skippedDirectories?: 'error' | 'warn';
  /**
   * What it means when some files or attributes could not be copied, a missing source among them: a
   * {@link PartialTransferError}, or `failures` in the result. A full destination is an
   * {@link OutOfSpaceError} all the same.
   * @default 'error'
   */
  readonly partialTransfer?: 'error' | 'warn';
  /**
   * What it means when there was more to remove than `maxDelete` allows: a {@link MaxDeleteError},
   * or a warning in the result.
   * @default 'error'
   */
  readonly maxDeleteReached?: 'error' | 'warn';
  /**
   * Other options of rsync, as `--qsort` or `--info=skip2`: one word each, values after `=`.
   * They are not checked, and such a run never counts as a read. Only those are refused with which
   * rsync copies nothing or says nothing, as `--list-only` and `--quiet`.
   * @default none
   */
  readonly extraArguments?: readonly string[];

  /** Ends rsync and its children at once. Files already copied stay. */
  readonly signal?: AbortSignal | undefined;
}
