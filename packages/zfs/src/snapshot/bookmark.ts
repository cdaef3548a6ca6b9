import { checkOptions, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { bookmarkRow, snapshotOrBookmarkRow } from '../names.js';

/** What {@link Zfs.bookmark} takes. */
export interface ZfsBookmarkOptions extends CallOptions {
  /** The snapshot to mark, as `tank/vm@monday`, or a bookmark to copy, as `tank/vm#monday`. */
  readonly source: string;
  /** The bookmark to make, as `tank/vm#monday`: of the same dataset, or of a clone of it. */
  readonly bookmark: string;
}

/** The words of {@link ZfsBookmarkOptions}. */
export const zfsBookmarkRows: Rows<ZfsBookmarkOptions> = {
  source: snapshotOrBookmarkRow,
  bookmark: bookmarkRow,
};

/** Builds the command of {@link Zfs.bookmark}. See zfs-bookmark(8). */
export function zfsBookmarkCommand(options: ZfsBookmarkOptions): Command {
  const { source, bookmark } = checkOptions<ZfsBookmarkOptions>(zfsBookmarkRows, options);
  return createCommand('zfs', ['bookmark', '--', source, bookmark], { effect: 'write' });
}
