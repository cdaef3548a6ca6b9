import {
  argumentWords,
  checkArgument,
  checkOptions,
  createCommand,
  type ArgumentTable,
  type CallOptions,
  type Command,
} from '@quiesce/command';
import { datasetRow } from '../names.js';
import { allRow } from '../all.js';

/** What {@link Zfs.mount} takes, whatever it mounts. */
export interface ZfsMountFlags extends CallOptions {
  /**
   * Options of mount(8) for this time, as `ro` or `noatime`. They are not kept: set properties for
   * that.
   */
  readonly mountOptions?: string | readonly string[];
  /**
   * Mounts over a folder that is not empty.
   * @default false
   */
  readonly overlay?: boolean;
  /**
   * Loads the key of an encrypted file system first, from where its `keylocation` says. One that
   * is asked for at a terminal can't be loaded by it.
   * @default false
   */
  readonly loadKey?: boolean;
  /**
   * Mounts although a redacted file system lacks data.
   * @default false
   */
  readonly force?: boolean;
}

/** Mounts one file system. */
export interface ZfsMountOneOptions extends ZfsMountFlags {
  /** The file system, as `tank/vm`. */
  readonly filesystem: string;
}

/** Mounts all file systems that are to be mounted at a start of the host. */
export interface ZfsMountAllOptions extends ZfsMountFlags {
  readonly all: true;
}

/** What {@link Zfs.mount} takes: a `filesystem`, or `all`. */
export type ZfsMountOptions = ZfsMountOneOptions | ZfsMountAllOptions;

const option = {
  pattern: /^[A-Za-z][\w.:=/%+@-]*$/,
  expected: 'one option of mount(8), as ro or context=x',
};

const flagRows = {
  force: { kind: 'flag', option: '-f' },
  loadKey: { kind: 'flag', option: '-l' },
  overlay: { kind: 'flag', option: '-O' },
  mountOptions: {
    kind: 'one-or-many',
    option: '-o',
    join: ',',
    each: {
      kind: 'text',
      check: (argument: string, value: string) => checkArgument(argument, value, option),
      sample: 'ro',
    },
  },
} as const;

/** The words of {@link ZfsMountOptions}. */
export const zfsMountRows: ArgumentTable<ZfsMountOptions> = {
  exclusive: [
    { ...flagRows, filesystem: datasetRow },
    { ...flagRows, all: allRow },
  ],
};

/** Builds the command of {@link Zfs.mount}. See zfs-mount(8). */
export function zfsMountCommand(options: ZfsMountOptions): Command {
  const checked = checkOptions<ZfsMountOptions>(zfsMountRows, options);
  const words = argumentWords(flagRows, checked);
  const what = 'filesystem' in checked ? ['--', checked.filesystem] : ['-a'];
  return createCommand('zfs', ['mount', ...words, ...what], { effect: 'write' });
}
