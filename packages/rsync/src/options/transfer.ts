import type { Rows } from '@quiesce/command';
import { checkSuffix } from './patterns.js';

// The names of rsync 3.2.7 to 3.5.0. Which of them an rsync has, it tells itself.
const compressions = ['auto', 'zstd', 'lz4', 'zlibx', 'zlib', 'none'] as const;

/** How rsync compresses data on its way. */
export type CompressChoice = (typeof compressions)[number];

/** How data gets from the source to the destination's files. */
export interface RsyncTransferOptions {
  /**
   * True copies changed files whole, false compares them with the destination's and writes only
   * what differs: `--whole-file`, `--no-whole-file`.
   * @default what rsync does: whole between local paths, compared otherwise
   */
  readonly wholeFile?: boolean;
  /**
   * Bytes of the blocks that files are compared by, 131072 at most: `--block-size`. 0 leaves them
   * to rsync.
   * @default by the size of each file
   */
  readonly blockSizeBytes?: number;
  /**
   * Writes into the destination's files instead of replacing them: `--inplace`. With
   * `wholeFile: false` it keeps ZFS snapshots of the destination small. A run that is interrupted
   * leaves the file it was at half old and half new.
   * @default false
   */
  readonly inplace?: boolean;
  /**
   * Takes what the destination has of a file that is longer at the source for right, and adds the
   * rest: `--append`.
   * @default false
   */
  readonly append?: boolean;
  /**
   * As `append`, but checks the whole file afterwards, and copies it again where it is not right:
   * `--append-verify`.
   * @default false
   */
  readonly appendVerify?: boolean;
  /**
   * Makes holes of long runs of zeros: `--sparse`. Not together with `inplace`.
   * @default false
   */
  readonly sparse?: boolean;
  /**
   * Asks for the room of each file before it is written: `--preallocate`. With `sparse` no holes
   * are made.
   * @default false
   */
  readonly preallocate?: boolean;
  /**
   * Copies what is on a device, as on a block device, into a file: `--copy-devices`.
   * @default false: devices are copied as devices, or not at all
   */
  readonly copyDevices?: boolean;
  /**
   * Writes onto the devices of the destination, as onto a block device, in place of replacing them:
   * `--write-devices`. Implies `inplace`.
   * @default false
   */
  readonly writeDevices?: boolean;
  /**
   * Waits until each file is on disk: `--fsync`.
   * @default false
   */
  readonly fsync?: boolean;
  /**
   * Compresses data on its way: `--compress`.
   * @default false
   */
  readonly compress?: boolean;
  /**
   * How data is compressed: `--compress-choice`. Implies `compress`, but for `'none'`.
   * @default 'auto'
   */
  readonly compressChoice?: CompressChoice;
  /**
   * How much data is compressed, from little to much, by the numbers of the kind that is used:
   * `--compress-level`. Implies `compress`. Too much or too little is taken for the most or the
   * least.
   * @default that of the kind
   */
  readonly compressLevel?: number;
  /**
   * Threads that compress: `--compress-threads`. Of zstd, since rsync 3.4.2.
   * @default 0: no threads of their own
   */
  readonly compressThreads?: number;
  /**
   * Ends of the names of files that are not worth it to compress, without the dot:
   * `--skip-compress`. No kind of compression of rsync 3.5 goes by it.
   * @default a list of rsync's own
   */
  readonly skipCompress?: string | readonly string[];
}

/** The rows of {@link RsyncTransferOptions}. */
export const transferRows: Rows<RsyncTransferOptions> = {
  wholeFile: { kind: 'flag', option: '--whole-file', off: '--no-whole-file' },
  // The most of the protocols from 30 on.
  blockSizeBytes: { kind: 'integer', option: '--block-size=', unit: 'b', maximum: 2 ** 17, sample: 4096 },
  inplace: { kind: 'flag', option: '--inplace' },
  append: { kind: 'flag', option: '--append' },
  appendVerify: { kind: 'flag', option: '--append-verify' },
  sparse: { kind: 'flag', option: '--sparse' },
  preallocate: { kind: 'flag', option: '--preallocate' },
  copyDevices: { kind: 'flag', option: '--copy-devices', since: '3.2.4' },
  writeDevices: { kind: 'flag', option: '--write-devices', since: '3.2.0' },
  fsync: { kind: 'flag', option: '--fsync', since: '3.2.4' },
  compress: { kind: 'flag', option: '--compress' },
  compressChoice: { kind: 'choice', option: '--compress-choice=', since: '3.2.0', values: compressions },
  compressLevel: {
    kind: 'integer',
    option: '--compress-level=',
    minimum: -(2 ** 31 - 1),
    maximum: 2 ** 31 - 1,
    sample: 9,
  },
  compressThreads: { kind: 'integer', option: '--compress-threads=', minimum: 1, maximum: 255, since: '3.4.2' },
  skipCompress: {
    kind: 'one-or-many',
    option: '--skip-compress=',
    each: { kind: 'text', check: checkSuffix, sample: 'gz' },
    join: '/',
  },
};
