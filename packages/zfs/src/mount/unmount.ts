import {
  argumentWords,
  checkOptions,
  createCommand,
  type ArgumentTable,
  type CallOptions,
  type Command,
} from '@quiesce/command';
import { datasetRow } from '../names.js';
import { allRow } from '../all.js';

/** What {@link Zfs.unmount} takes, whatever it unmounts. */
export interface ZfsUnmountFlags extends CallOptions {
  /**
   * Unmounts although it is in use.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Unloads the key of an encrypted file system too.
   * @default false
   */
  readonly unloadKey?: boolean;
}

/** Unmounts one file system, and those below it. */
export interface ZfsUnmountOneOptions extends ZfsUnmountFlags {
  /** The file system, as `tank/vm`. */
  readonly filesystem: string;
}

/** Unmounts all file systems of ZFS. */
export interface ZfsUnmountAllOptions extends ZfsUnmountFlags {
  readonly all: true;
}

/** What {@link Zfs.unmount} takes: a `filesystem`, or `all`. */
export type ZfsUnmountOptions = ZfsUnmountOneOptions | ZfsUnmountAllOptions;

const flagRows = {
  force: { kind: 'flag', option: '-f' },
  unloadKey: { kind: 'flag', option: '-u' },
} as const;

/** The words of {@link ZfsUnmountOptions}. */
export const zfsUnmountRows: ArgumentTable<ZfsUnmountOptions> = {
  exclusive: [
    { ...flagRows, filesystem: datasetRow },
    { ...flagRows, all: allRow },
  ],
};

/** Builds the command of {@link Zfs.unmount}. See zfs-unmount(8). */
export function zfsUnmountCommand(options: ZfsUnmountOptions): Command {
  const checked = checkOptions<ZfsUnmountOptions>(zfsUnmountRows, options);
  const what = 'filesystem' in checked ? ['--', checked.filesystem] : ['-a'];
  return createCommand('zfs', ['unmount', ...argumentWords(flagRows, checked), ...what], { effect: 'write' });
}
