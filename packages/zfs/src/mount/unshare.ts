import { checkOptions, createCommand, type ArgumentTable, type CallOptions, type Command } from '@quiesce/command';
import { allRow } from '../all.js';
import { datasetRow } from '../names.js';
import { protocolRow, sharedWords, type ZfsSharedByOptions } from './share.js';

/** Unshares one file system. */
export interface ZfsUnshareOneOptions extends CallOptions {
  /** The file system, as `tank/home`. */
  readonly filesystem: string;
}

/** Unshares all file systems that zfs shares. */
export interface ZfsUnshareAllOptions extends CallOptions, ZfsSharedByOptions {
  readonly all: true;
}

/** What {@link Zfs.unshare} takes: a `filesystem`, or `all`. */
export type ZfsUnshareOptions = ZfsUnshareOneOptions | ZfsUnshareAllOptions;

/** The words of {@link ZfsUnshareOptions}. */
export const zfsUnshareRows: ArgumentTable<ZfsUnshareOptions> = {
  exclusive: [{ filesystem: datasetRow }, { all: allRow, protocol: protocolRow }],
};

/** Builds the command of {@link Zfs.unshare}. See zfs-unshare(8). */
export function zfsUnshareCommand(options: ZfsUnshareOptions): Command {
  const checked = checkOptions<ZfsUnshareOptions>(zfsUnshareRows, options);
  return createCommand('zfs', ['unshare', ...sharedWords(checked)], { effect: 'write' });
}
