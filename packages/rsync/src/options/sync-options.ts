import type { CallOptions } from '@quiesce/command';

/**
 * What {@link Rsync.sync} takes. Every option is one of rsync's own and off unless it is given, as
 * in rsync itself.
 *
 * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
 */
export interface RsyncOptions extends CallOptions {
  /**
   * What to copy: one path or several, on the machine where rsync runs. A slash at the end of a
   * directory decides what arrives, exactly as in rsync: `/data/vm/` copies what is *in* the
   * directory into the destination, `/data/vm` copies the directory itself and makes `vm` in the
   * destination. With `delete` that also decides where files are removed.
   */
  readonly source: string | readonly string[];
  /**
   * Where to copy to, on the machine where rsync runs. Its last component is made when it is
   * missing.
   */
  readonly destination: string;

  /**
   * Copies these files of the source alone, by their paths below it, in the place that they have
   * there: `--files-from`. Any name that {@link Rsync.list} or {@link Rsync.diff} told comes out
   * right: `files.map(({ path, pathBytes }) => pathBytes ?? path)`. What is in a directory goes
   * with it only with `recursive`, which `archive` does not imply here. Takes one source.
   */
  readonly files?: readonly (string | Uint8Array)[];

  /**
   * Copies directories and keeps links, permissions, times, owners, devices: `--archive`. Not hard
   * links, ACLs, xattrs.
   */
  readonly archive?: boolean;
  /** Goes into directories: `--recursive`. Part of `archive`. */
  readonly recursive?: boolean;
  /** Stays on the file system of each source: `--one-file-system`. */
  readonly oneFileSystem?: boolean;
  /** Keeps hard links among the copied files: `--hard-links`. */
  readonly hardLinks?: boolean;
  /** Keeps access control lists: `--acls`. */
  readonly acls?: boolean;
  /** Keeps extended attributes: `--xattrs`. */
  readonly xattrs?: boolean;
  /** Keeps numbers of users and groups instead of looking up their names: `--numeric-ids`. */
  readonly numericIds?: boolean;
  /**
   * Changes permissions on their way, one mode after the other: `--chmod`. A mode is an octal
   * number or symbolic, as chmod(1) takes it; after `D` it is for directories only, after `F` for
   * everything else: `['D755', 'Fgo-w']`. Permissions of files that the destination has already
   * only change with `archive`. Copying them from other users, as `g=u`, needs rsync 3.5.
   */
  readonly chmod?: string | readonly string[];

  /**
   * True copies changed files whole, false compares them with the destination's and writes only
   * what differs: `--whole-file`, `--no-whole-file`.
   * @default what rsync does: whole between local paths, compared otherwise
   */
  readonly wholeFile?: boolean;
  /**
   * Writes into the destination's files instead of replacing them: `--inplace`. With
   * `wholeFile: false` it keeps ZFS snapshots of the destination small. A run that is interrupted
   * leaves the file it was at half old and half new.
   */
  readonly inplace?: boolean;
  /** Makes holes of long runs of zeros: `--sparse`. Not together with `inplace`. */
  readonly sparse?: boolean;
  /**
   * Keeps the part of a file that an interrupted run has got, in this directory: `--partial-dir`.
   * Not with `inplace`.
   */
  readonly partialDir?: string;

  /** Removes files from the destination that the source does not have: `--delete`. */
  readonly delete?: boolean;
  /** Removes excluded files from the destination too: `--delete-excluded`. Implies `delete`. */
  readonly deleteExcluded?: boolean;
  /** Removes at most this many files: `--max-delete`. Reaching it is a {@link MaxDeleteError}. */
  readonly maxDelete?: number;

  /**
   * Filter rules in rsync's own words, as `- *.tmp` or `P /lost+found/`, before `excludes`:
   * `--filter`. The first rule that fits counts.
   */
  readonly filters?: string | readonly string[];
  /** Patterns of files to leave out, as `/proc/*`: `--exclude`. */
  readonly excludes?: string | readonly string[];
  /** A file there with one pattern a line: `--exclude-from`. */
  readonly excludeFrom?: string;

  /**
   * Compares files by checksum instead of size and time: `--checksum`. Reads every file on both
   * sides.
   */
  readonly checksum?: boolean;
  /**
   * Takes times that differ by no more than this for equal: `--modify-window`. -1 compares
   * nanoseconds as well; without it a file that was written again within the second of its last
   * copy and kept its size is taken for unchanged.
   * @default 0: whole seconds are compared
   */
  readonly modifyWindowSeconds?: number;
  /** Compresses data on its way: `--compress`. */
  readonly compress?: boolean;
  /** Bytes per second at most, at least 1024, rounded to whole KiB: `--bwlimit`. */
  readonly bandwidthLimitBytesPerSecond?: number;
  /** Gives up after this many seconds without any data: `--timeout`. A {@link ConnectionError}. */
  readonly ioTimeoutSeconds?: number;

  /** Changes nothing, and tells what it would do: `--dry-run`. */
  readonly dryRun?: boolean;
  /** Tells each file that changes as a {@link SyncChange} while it runs: `--itemize-changes`. */
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
   * Other options of rsync, as `--fuzzy` or `--backup-dir=/old`: one word each, values after `=`.
   * They are not checked, and such a run never counts as a read.
   */
  readonly extraArguments?: readonly string[];

  /** Ends rsync and its children at once. Files already copied stay. */
  readonly signal?: AbortSignal | undefined;
}
