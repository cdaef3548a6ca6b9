import { checkInteger, createCommand, InvalidArgumentError, type CallOptions, type Command } from '@quiesce/command';
import { checkDataset } from './names.js';
import { propertyArguments } from './properties.js';

/** A volume to make: a block device inside the pool. */
export interface VolumeOptions {
  /** Its size in bytes, a multiple of the block size. Newer releases round it up, older ones refuse others. */
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
export interface CreateOptions extends CallOptions {
  /** The file system or volume to make, as `tank/vm`. */
  readonly name: string;
  /** Properties to set on it, as `{ compression: 'lz4', 'quiesce:run': id }`. */
  readonly properties?: Readonly<Record<string, string>>;
  /**
   * Makes what is missing above it too. Then one that exists already is no error, and is left as it is.
   * @default false
   */
  readonly parents?: boolean;
  /**
   * Mounts the new file system.
   * @default true
   */
  readonly mount?: boolean;
  /** Makes a volume in place of a file system. */
  readonly volume?: VolumeOptions;
}

function volumeArguments({ sizeBytes, sparse = false, blockSizeBytes }: VolumeOptions): string[] {
  const size = checkInteger('volume.sizeBytes', sizeBytes, { minimum: 1 });
  if (blockSizeBytes !== undefined && (!Number.isInteger(Math.log2(blockSizeBytes)) || blockSizeBytes < 512)) {
    const expected = 'a power of two from 512';
    throw new InvalidArgumentError({ argument: 'volume.blockSizeBytes', value: blockSizeBytes, expected });
  }
  const block = blockSizeBytes === undefined ? [] : ['-b', String(blockSizeBytes)];
  return [...(sparse ? ['-s'] : []), ...block, '-V', String(size)];
}

/** Builds the command of {@link Zfs.create}. See zfs-create(8). */
export function createDatasetCommand(options: CreateOptions): Command {
  const { name, properties = {}, parents = false, mount = true, volume } = options;
  const flags = [
    ...(parents ? ['-p'] : []),
    ...(mount ? [] : ['-u']),
    ...(volume === undefined ? [] : volumeArguments(volume)),
    ...propertyArguments(properties),
  ];
  return createCommand('zfs', ['create', ...flags, '--', checkDataset('name', name)], { effect: 'write' });
}
