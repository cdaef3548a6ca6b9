import {
  argumentWords,
  checkOptions,
  createCommand,
  type ArgumentTable,
  type CallOptions,
  type Checked,
  type Command,
} from '@quiesce/command';
import { allRow } from '../all.js';
import { datasetRow } from '../names.js';

/** What file systems are shared by. */
export type ShareProtocol = 'nfs' | 'smb';

/** Which file systems are meant, where no one is named. */
export interface ZfsSharedByOptions {
  /**
   * Those of one protocol alone.
   * @default both
   */
  readonly protocol?: ShareProtocol;
}

/** What {@link Zfs.share} takes, whatever it shares. */
export interface ZfsShareFlags extends CallOptions {
  /**
   * Loads the key of an encrypted file system first, from where its `keylocation` says.
   * @default false
   */
  readonly loadKey?: boolean;
}

/** Shares one file system. */
export interface ZfsShareOneOptions extends ZfsShareFlags {
  /** The file system, as `tank/home`. */
  readonly filesystem: string;
}

/** Shares all file systems whose properties say so. */
export interface ZfsShareAllOptions extends ZfsShareFlags, ZfsSharedByOptions {
  readonly all: true;
}

/** What {@link Zfs.share} takes: a `filesystem`, or `all`. */
export type ZfsShareOptions = ZfsShareOneOptions | ZfsShareAllOptions;

const flagRows = { loadKey: { kind: 'flag', option: '-l' } } as const;

/** The row of a protocol. */
export const protocolRow = { kind: 'choice', values: ['nfs', 'smb'] } as const;

/** The words of {@link ZfsShareOptions}. */
export const zfsShareRows: ArgumentTable<ZfsShareOptions> = {
  exclusive: [
    { ...flagRows, filesystem: datasetRow },
    { ...flagRows, all: allRow, protocol: protocolRow },
  ],
};

/** The words that say which file systems are meant. */
export function sharedWords(
  options: { readonly filesystem: string } | Checked<ZfsSharedByOptions & { readonly all: true }>,
): string[] {
  if ('filesystem' in options) return ['--', options.filesystem];
  return ['-a', ...(options.protocol === undefined ? [] : [options.protocol])];
}

/** Builds the command of {@link Zfs.share}. See zfs-share(8). */
export function zfsShareCommand(options: ZfsShareOptions): Command {
  const checked = checkOptions<ZfsShareOptions>(zfsShareRows, options);
  const words = [...argumentWords(flagRows, checked), ...sharedWords(checked)];
  return createCommand('zfs', ['share', ...words], { effect: 'write' });
}
