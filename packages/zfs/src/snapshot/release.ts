import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { snapshotsRow, tagRow } from '../names.js';

/** What {@link Zfs.release} takes. */
export interface ZfsReleaseOptions extends CallOptions {
  /** What the hold is called, as `backup`. */
  readonly tag: string;
  /** The snapshots to release, as `tank/vm@monday`. */
  readonly snapshots: string | readonly string[];
  /**
   * Releases those of the same name below their datasets too. Those without such a hold are passed
   * over if another has it.
   * @default false
   */
  readonly recursive?: boolean;
}

/** The words of {@link ZfsReleaseOptions}. */
export const zfsReleaseRows: Rows<ZfsReleaseOptions> = {
  recursive: { kind: 'flag', option: '-r' },
  tag: tagRow,
  snapshots: snapshotsRow,
};

/** Builds the command of {@link Zfs.release}. See zfs-release(8). */
export function zfsReleaseCommand(options: ZfsReleaseOptions): Command {
  const checked = checkOptions<ZfsReleaseOptions>(zfsReleaseRows, options);
  const words = [...argumentWords(zfsReleaseRows, checked), '--', checked.tag, ...checked.snapshots];
  return createCommand('zfs', ['release', ...words], { effect: 'write' });
}
