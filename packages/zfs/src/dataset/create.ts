import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { datasetRow } from '../names.js';
import { encryptionRow, encryptionWords, type ZfsCreateEncryptionOptions } from './encryption.js';
import { propertiesRow } from './properties.js';

/** A volume to make: a block device inside the pool. */
export interface ZfsCreateVolumeOptions {
  /**
   * Its size in bytes, a multiple of the block size. Newer releases round it up, older ones refuse
   * others.
   */
  readonly sizeBytes: number;
  /**
   * Takes space only as it is written, so the pool may run out of it.
   * @default false
   */
  readonly sparse?: boolean;
  /**
   * Size of its blocks in bytes, a power of two from 512.
   * @default what the release of ZFS takes: 16384, before 2.2 8192
   */
  readonly blockSizeBytes?: number;
}

/** What {@link Zfs.create} takes. */
export interface ZfsCreateOptions extends CallOptions {
  /** The file system or volume to make, as `tank/vm`. */
  readonly name: string;
  /** Properties to set on it, as `{ compression: 'lz4', 'quiesce:run': id }`. */
  readonly properties?: Readonly<Record<string, string>>;
  /**
   * Makes what is missing above it too. Then one that exists already is no error, and is left as it
   * is.
   * @default false
   */
  readonly parents?: boolean;
  /**
   * Mounts the new file system.
   * @default true
   */
  readonly mount?: boolean;
  /** Makes a volume in place of a file system. */
  readonly volume?: ZfsCreateVolumeOptions;
  /**
   * Encrypts it with a key of its own.
   * @default as what it lies in
   */
  readonly encryption?: ZfsCreateEncryptionOptions;
}

function checkBlockSize(argument: string, value: number): number {
  if (Number.isInteger(Math.log2(value))) return value;
  throw new InvalidArgumentError({ argument, value, expected: 'a power of two from 512' });
}

/** The words of {@link ZfsCreateOptions}. */
export const zfsCreateRows: Rows<ZfsCreateOptions> = {
  parents: { kind: 'flag', option: '-p' },
  mount: { kind: 'flag', off: '-u' },
  volume: {
    kind: 'group',
    rows: {
      sparse: { kind: 'flag', option: '-s' },
      blockSizeBytes: { kind: 'integer', option: '-b', minimum: 512, check: checkBlockSize },
      sizeBytes: { kind: 'integer', option: '-V', minimum: 1, required: true },
    },
  },
  encryption: encryptionRow,
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  name: datasetRow,
};

/** Builds the command of {@link Zfs.create}. See zfs-create(8). */
export function zfsCreateCommand(options: ZfsCreateOptions): Command {
  const checked = checkOptions<ZfsCreateOptions>(zfsCreateRows, options);
  const { words: keyWords = [], stdin = {} } =
    checked.encryption === undefined ? {} : encryptionWords(checked.encryption);
  const words = [...argumentWords(zfsCreateRows, checked), ...keyWords, '--', checked.name];
  return createCommand('zfs', ['create', ...words], { effect: 'write', ...stdin });
}
