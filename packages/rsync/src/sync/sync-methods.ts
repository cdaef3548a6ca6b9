import type { CommandRunner, MethodTable } from '@quiesce/command';
import { rsyncRows } from '../options/sync-rows.js';
import type { RsyncOptions } from '../options/sync-options.js';
import { startSync, type SyncRun } from './sync-run.js';

/** The methods of {@link Rsync} that copy. */
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
   *   if (event.type === 'progress') console.log(`${event.percent} %`);
   * }
   * const { stats } = await run;
   * console.log(`${stats.literalBytes} bytes were new`);
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  sync(options: RsyncOptions): SyncRun;
}

/** The rows of {@link SyncMethods}. */
export const syncTable: MethodTable<SyncMethods> = {
  sync: { command: 'rsync', rows: rsyncRows },
};

/** Makes {@link SyncMethods}. */
export function syncMethods(rsync: CommandRunner, timeoutMs: number | undefined): SyncMethods {
  return {
    sync: (options) => startSync(rsync, options, timeoutMs),
  };
}
