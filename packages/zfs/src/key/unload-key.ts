import {
  argumentWords,
  checkOptions,
  createCommand,
  type ArgumentTable,
  type CallOptions,
  type Command,
} from '@quiesce/command';
import { allRow } from '../all.js';
import { datasetRow } from '../names.js';

/** Unloads the key of a dataset. */
export interface ZfsUnloadOneKeyOptions extends CallOptions {
  /** The encryption root, as `tank/vm`. Nothing that has its key may be mounted or open. */
  readonly dataset: string;
  /**
   * Unloads the keys of everything below the dataset too.
   * @default false
   */
  readonly recursive?: boolean;
}

/** Unloads the keys of all encryption roots. */
export interface ZfsUnloadAllKeysOptions extends CallOptions {
  readonly all: true;
}

/** What {@link Zfs.unloadKey} takes: a `dataset`, or `all`. */
export type ZfsUnloadKeyOptions = ZfsUnloadOneKeyOptions | ZfsUnloadAllKeysOptions;

const oneRows = { recursive: { kind: 'flag', option: '-r' }, dataset: datasetRow } as const;

/** The words of {@link ZfsUnloadKeyOptions}. */
export const zfsUnloadKeyRows: ArgumentTable<ZfsUnloadKeyOptions> = { exclusive: [oneRows, { all: allRow }] };

/** Builds the command of {@link Zfs.unloadKey}. See zfs-unload-key(8). */
export function zfsUnloadKeyCommand(options: ZfsUnloadKeyOptions): Command {
  const checked = checkOptions<ZfsUnloadKeyOptions>(zfsUnloadKeyRows, options);
  const what = 'dataset' in checked ? ['--', checked.dataset] : ['-a'];
  return createCommand('zfs', ['unload-key', ...argumentWords(oneRows, checked), ...what], { effect: 'write' });
}
