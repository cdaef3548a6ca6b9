import type { CommandRunner, MethodTable } from '@quiesce/command';
import type { FeatureCheck } from '../features/feature-check.js';
import { rsyncRows } from '../options/sync-rows.js';
import type { RsyncOptions } from '../options/sync-options.js';
import type { SyncDifference } from '../output/itemized-change.js';
import { readDiff, streamDiff } from './diff.js';
import { rsyncDiffRows, type RsyncDiffOptions } from './diff-options.js';
import { planDiff, planSync } from './plans.js';
import { startRun, type SyncRun } from './sync-run.js';

/** The methods of {@link Rsync} that copy, or tell what a copy would do. */
export interface SyncMethods {
  /**
   * Copies files, and only what differs. Awaited it gives the result, looped over what happens
   * meanwhile: see {@link SyncRun}.
   *
   * @throws {@link PartialTransferError} when some files could not be copied; it names them.
   * @throws {@link VanishedFilesError} when files vanished meanwhile, unless `vanishedFiles` is
   * `'warn'`.
   * @throws {@link SkippedDirectoriesError} when a source is a directory and nothing said to go
   * into it, unless `skippedDirectories` is `'warn'`.
   * @throws {@link OutOfSpaceError} and other {@link FileIoError}s when the destination can't be
   * written.
   * @throws {@link MaxDeleteError} when there was more to remove than `maxDelete`.
   * @throws {@link SelectionError}, {@link UsageError} and {@link UnsupportedError} when nothing
   * was copied for it.
   * @throws {@link ConnectionError}, {@link RemoteShellError} and {@link KilledError} when rsync
   * could not go on.
   *
   * @example
   * ```ts
   * const run = rsync.sync({
   *   source: '/mnt/snapshot/', // with the slash: what is in it
   *   destination: '/archives/backups/images/',
   *   archive: true, oneFileSystem: true, hardLinks: true, delete: true,
   *   wholeFile: false, inplace: true,
   * });
   * for await (const event of run) {
   *   if (event.type === 'progress') console.log(`${event.percentOfKnown} %`);
   * }
   * const { stats } = await run;
   * console.log(`${stats.literalBytes} bytes were new`);
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  sync(options: RsyncOptions): SyncRun;

  /**
   * Tells what {@link SyncMethods.sync} would do with the same options, and changes nothing: what
   * would be created, updated and why, linked and deleted, in rsync's order. For more than fits in
   * memory see {@link SyncMethods.diffStream}.
   *
   * @throws what {@link SyncMethods.sync} throws.
   * @throws {@link RsyncError} for two names of one file that are together longer than some 5,000
   * bytes: rsync gives up on them.
   *
   * @example
   * ```ts
   * const paths = { source: '/data/', destination: '/backup/data/' };
   * const options = { ...paths, archive: true, delete: true };
   * for (const { action, attributes, path } of await rsync.diff(options)) {
   *   console.log(action, path, attributes.join(' '));
   * }
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  diff(options: RsyncDiffOptions): Promise<SyncDifference[]>;

  /**
   * Yields what {@link SyncMethods.sync} would do with the same options, while rsync finds it: any
   * number passes in flat memory. Nothing runs before the loop begins, and leaving it ends rsync.
   *
   * @throws what {@link SyncMethods.diff} throws, in the loop: what came before it was true.
   *
   * @example
   * ```ts
   * const paths = { source: '/data/', destination: '/backup/data/' };
   * const options = { ...paths, archive: true, delete: true };
   * for await (const { action, path } of rsync.diffStream(options)) {
   *   if (action === 'deleted') console.log(path);
   * }
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  diffStream(options: RsyncDiffOptions): AsyncIterable<SyncDifference>;
}

/** The rows of {@link SyncMethods}. */
export const syncTable: MethodTable<SyncMethods> = {
  sync: { command: 'rsync', rows: rsyncRows },
  diff: { command: 'rsync --dry-run', rows: rsyncDiffRows },
  diffStream: { command: 'rsync --dry-run', rows: rsyncDiffRows },
};

/** Makes {@link SyncMethods}. */
export function syncMethods(rsync: CommandRunner, check: FeatureCheck, timeoutMs: number | undefined): SyncMethods {
  return {
    sync: (options) => startRun(rsync, () => planSync(options, timeoutMs), check),
    diff: async (options) => readDiff(rsync, () => planDiff(options, timeoutMs), check),
    diffStream: (options) => streamDiff(rsync, () => planDiff(options, timeoutMs), check),
  };
}
