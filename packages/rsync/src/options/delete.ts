import type { Rows } from '@quiesce/command';

/** What is removed, on either side. */
export interface RsyncDeleteOptions {
  /**
   * Removes files from the destination that the source does not have: `--delete`. When, is left to
   * rsync.
   * @default false
   */
  readonly delete?: boolean;
  /**
   * Removes them before anything is copied, which needs the least room: `--delete-before`.
   * @default false
   */
  readonly deleteBefore?: boolean;
  /**
   * Removes them while files are copied: `--delete-during`.
   * @default false
   */
  readonly deleteDuring?: boolean;
  /**
   * Finds them while files are copied and removes them afterwards: `--delete-delay`.
   * @default false
   */
  readonly deleteDelay?: boolean;
  /**
   * Finds and removes them after everything is copied: `--delete-after`.
   * @default false
   */
  readonly deleteAfter?: boolean;
  /**
   * Removes excluded files from the destination too: `--delete-excluded`. Implies `delete`.
   * @default false
   */
  readonly deleteExcluded?: boolean;
  /**
   * Removes from the destination what a missing source would have become, and takes its absence
   * for no failure: `--delete-missing-args`.
   * @default false
   */
  readonly deleteMissingArgs?: boolean;
  /**
   * Takes a missing source for no failure: `--ignore-missing-args`.
   * @default false
   */
  readonly ignoreMissingArgs?: boolean;
  /**
   * Removes files even where some of the source could not be read: `--ignore-errors`. Only with
   * one of the deletes.
   * @default false
   */
  readonly ignoreErrors?: boolean;
  /**
   * Removes a directory, with all in it, where something else is to stand: `--force`. With one of
   * the deletes it is not needed.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Removes at most this many files: `--max-delete`. Reaching it is a {@link MaxDeleteError},
   * with `force` alone a {@link PartialTransferError}. Only with what removes files.
   * @default no limit
   */
  readonly maxDelete?: number;
  /**
   * Removes files from the source that were copied, but no directories: `--remove-source-files`.
   * @default false
   */
  readonly removeSourceFiles?: boolean;
}

/** The rows of {@link RsyncDeleteOptions}. */
export const deleteRows: Rows<RsyncDeleteOptions> = {
  delete: { kind: 'flag', option: '--delete' },
  deleteBefore: { kind: 'flag', option: '--delete-before' },
  deleteDuring: { kind: 'flag', option: '--delete-during' },
  deleteDelay: { kind: 'flag', option: '--delete-delay' },
  deleteAfter: { kind: 'flag', option: '--delete-after' },
  deleteExcluded: { kind: 'flag', option: '--delete-excluded' },
  deleteMissingArgs: { kind: 'flag', option: '--delete-missing-args' },
  ignoreMissingArgs: { kind: 'flag', option: '--ignore-missing-args' },
  ignoreErrors: { kind: 'flag', option: '--ignore-errors' },
  force: { kind: 'flag', option: '--force' },
  maxDelete: { kind: 'integer', guard: true, option: '--max-delete=', maximum: 2 ** 31 - 1 },
  removeSourceFiles: { kind: 'flag', option: '--remove-source-files' },
};
