import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { snapshotsRow, tagRow } from '../names.js';

/** What {@link Zfs.hold} takes. */
export interface ZfsHoldOptions extends CallOptions {
  /**
   * What the hold is called, as `backup`: any text without control characters that begins with
   * neither `.` nor `-`, 255 bytes at most. A snapshot has one hold of a tag.
   */
  readonly tag: string;
  /** The snapshots to hold, as `tank/vm@monday`. */
  readonly snapshots: string | readonly string[];
  /**
   * Holds those of the same name below their datasets too: all that one name finds, or none.
   * @default false
   */
  readonly recursive?: boolean;
}

/** The words of {@link ZfsHoldOptions}. */
export const zfsHoldRows: Rows<ZfsHoldOptions> = {
  recursive: { kind: 'flag', option: '-r' },
  tag: tagRow,
  snapshots: snapshotsRow,
};

/** Builds the command of {@link Zfs.hold}. See zfs-hold(8). */
export function zfsHoldCommand(options: ZfsHoldOptions): Command {
  const checked = checkOptions<ZfsHoldOptions>(zfsHoldRows, options);
  const words = [...argumentWords(zfsHoldRows, checked), '--', checked.tag, ...checked.snapshots];
  return createCommand('zfs', ['hold', ...words], { effect: 'write' });
}
