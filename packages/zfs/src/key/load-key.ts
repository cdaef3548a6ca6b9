import {
  argumentWords,
  createCommand,
  InvalidArgumentError,
  type ArgumentTable,
  type CallOptions,
  type Command,
} from '@quiesce/command';
import { allRow } from '../all.js';
import { datasetRow } from '../names.js';
import { checkKey, checkKeyOptions, keyLocationRow, keyRow, type KeyMaterial } from './key-material.js';

/** What {@link Zfs.loadKey} takes, whatever it loads. */
export interface ZfsLoadKeyFlags extends CallOptions {
  /**
   * Loads nothing and only tries whether the key is right, also where one is loaded.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** Loads the key of one encryption root. */
export interface ZfsLoadOneKeyOptions extends ZfsLoadKeyFlags {
  /** The encryption root, as `tank/vm`. */
  readonly dataset: string;
  /**
   * The key or passphrase. It goes to zfs by standard input, wherever `keylocation` points.
   * @default the one that lies where `keyLocation` says
   */
  readonly key?: KeyMaterial;
  /**
   * Where the key lies, as `file:///etc/zfs/tank.key`. Not beside `key`.
   * @default where the property `keylocation` says
   */
  readonly keyLocation?: string;
  /**
   * Loads the keys of everything below the dataset too, from where they lie. Not beside `key`
   * and `keyLocation`.
   * @default false
   */
  readonly recursive?: boolean;
}

/** Loads the keys of all encryption roots from where their `keylocation` says. */
export interface ZfsLoadAllKeysOptions extends ZfsLoadKeyFlags {
  readonly all: true;
}

/** What {@link Zfs.loadKey} takes: a `dataset`, or `all`. */
export type ZfsLoadKeyOptions = ZfsLoadOneKeyOptions | ZfsLoadAllKeysOptions;

const dryRunRow = { kind: 'flag', option: '-n', guard: true } as const;

const { required: _, ...optionalKeyRow } = keyRow;

const oneRows = {
  recursive: { kind: 'flag', option: '-r' },
  dryRun: dryRunRow,
  keyLocation: { ...keyLocationRow, option: '-L' },
  key: { ...optionalKeyRow, guard: true },
  dataset: datasetRow,
} as const;

/** The words of {@link ZfsLoadKeyOptions}. */
export const zfsLoadKeyRows: ArgumentTable<ZfsLoadKeyOptions> = {
  exclusive: [oneRows, { dryRun: dryRunRow, all: allRow }],
};

/** Builds the command of {@link Zfs.loadKey}. See zfs-load-key(8). */
export function zfsLoadKeyCommand(options: ZfsLoadKeyOptions): Command {
  const checked = checkKeyOptions<ZfsLoadKeyOptions>(zfsLoadKeyRows, options);
  const effect = checked.dryRun === true ? 'read' : 'write';
  const words = argumentWords(oneRows, checked);
  if (!('dataset' in checked)) return createCommand('zfs', ['load-key', ...words, '-a'], { effect });
  const { dataset, key, keyLocation, recursive } = checked;
  if (recursive === true && keyLocation !== undefined) {
    throw new InvalidArgumentError({ argument: 'recursive', value: recursive, expected: 'none beside keyLocation' });
  }
  if (key === undefined) return createCommand('zfs', ['load-key', ...words, '--', dataset], { effect });
  if (keyLocation !== undefined || recursive === true) {
    const argument = keyLocation === undefined ? 'recursive' : 'keyLocation';
    throw new InvalidArgumentError({ argument, value: checked[argument], expected: 'none beside key' });
  }
  return createCommand('zfs', ['load-key', ...words, '-L', 'prompt', '--', dataset], {
    effect,
    stdin: checkKey('key', key),
  });
}
