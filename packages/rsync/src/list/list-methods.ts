import type { CommandRunner, MethodTable } from '@quiesce/command';
import type { FeatureCheck } from '../features/feature-check.js';
import { readList, rsyncListRows, streamList, type ListedFile, type RsyncListOptions } from './list.js';

/** The methods of {@link Rsync} that list files. */
export interface ListMethods {
  /**
   * Lists files without copying any: `--list-only`. Without `recursive` it is what a directory has
   * itself, with the directory as `.`. For more files than fit in memory see
   * {@link ListMethods.listStream}.
   *
   * @throws {@link PartialTransferError} for a source that does not exist, or can't be read.
   *
   * @example
   * ```ts
   * for (const { path, sizeBytes } of await rsync.list({ source: '/data/', recursive: true })) {
   *   console.log(path, sizeBytes);
   * }
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  list(options: RsyncListOptions): Promise<ListedFile[]>;

  /**
   * Yields files without copying any, while rsync finds them: any number passes in flat memory.
   * Nothing runs before the loop begins, and leaving it ends rsync.
   *
   * @throws what {@link ListMethods.list} throws, in the loop: what came before it was true.
   *
   * @example
   * ```ts
   * const options = { source: '/data/', recursive: true };
   * for await (const { fileType, path } of rsync.listStream(options)) {
   *   if (fileType === 'device') console.log(path);
   * }
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  listStream(options: RsyncListOptions): AsyncIterable<ListedFile>;
}

/** The rows of {@link ListMethods}. */
export const listTable: MethodTable<ListMethods> = {
  list: { command: 'rsync --list-only', rows: rsyncListRows },
  listStream: { command: 'rsync --list-only', rows: rsyncListRows },
};

/** Makes {@link ListMethods}. */
export function listMethods(rsync: CommandRunner, check: FeatureCheck): ListMethods {
  return {
    list: async (options) => readList(rsync, check, options),
    listStream: (options) => streamList(rsync, check, options),
  };
}
