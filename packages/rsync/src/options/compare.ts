import type { Rows, TextRow } from '@quiesce/command';
import { checkPath } from './paths.js';

// The names of rsync 3.2.7 to 3.5.0. Which of them an rsync has, it tells itself.
const checksums = ['auto', 'xxh128', 'xxh3', 'xxh64', 'md5', 'md4', 'sha1', 'none'] as const;

/** How rsync compares data by checksums. */
export type ChecksumChoice = (typeof checksums)[number];

/** How files are compared, and with what. */
export interface RsyncCompareOptions {
  /**
   * Compares files by checksum instead of size and time: `--checksum`. Reads every file on both
   * sides.
   * @default false
   */
  readonly checksum?: boolean;
  /**
   * Which checksum is used: `--checksum-choice`. `'none'` copies files whole and does not check
   * them.
   * @default 'auto'
   */
  readonly checksumChoice?: ChecksumChoice;
  /**
   * A number that checksums begin with, so that they can be repeated: `--checksum-seed`.
   * @default 0: the time
   */
  readonly checksumSeed?: number;
  /**
   * Copies also files whose size and time are the same: `--ignore-times`.
   * @default false
   */
  readonly ignoreTimes?: boolean;
  /**
   * Takes files of the same size for unchanged: `--size-only`.
   * @default false
   */
  readonly sizeOnly?: boolean;
  /**
   * Takes times that differ by no more than this for equal: `--modify-window`. -1 compares
   * nanoseconds as well; without it a file that was written again within the second of its last
   * copy and kept its size is taken for unchanged.
   * @default 0: whole seconds are compared
   */
  readonly modifyWindowSeconds?: number;
  /**
   * Leaves files alone that are newer at the destination: `--update`.
   * @default false
   */
  readonly update?: boolean;
  /**
   * Makes no new files at the destination: `--existing`, the same as `--ignore-non-existing`.
   * @default false
   */
  readonly existing?: boolean;
  /**
   * Leaves files alone that the destination has: `--ignore-existing`.
   * @default false
   */
  readonly ignoreExisting?: boolean;
  /**
   * Looks for a similar file to begin from where the destination has none of the name: `--fuzzy`.
   * @default false
   */
  readonly fuzzy?: boolean;
  /**
   * As `fuzzy`, and looks in the directories of `compareDest`, `copyDest` and `linkDest` too:
   * `-yy`.
   * @default false
   */
  readonly fuzzyAlternates?: boolean;
  /**
   * Directories at the destination, 20 at most. Files that one of them has already are not copied:
   * `--compare-dest`. What is not absolute is meant from `destination`.
   * @default none
   */
  readonly compareDest?: string | readonly string[];
  /**
   * Directories at the destination, 20 at most. Files that one of them has already are copied from
   * there: `--copy-dest`. What is not absolute is meant from `destination`.
   * @default none
   */
  readonly copyDest?: string | readonly string[];
  /**
   * Directories at the destination, 20 at most. Files that one of them has already become hard
   * links to those: `--link-dest`. What is not absolute is meant from `destination`.
   * @default none
   */
  readonly linkDest?: string | readonly string[];
}

const maximumInt = 2 ** 31 - 1;
const directory: TextRow = { kind: 'text', check: checkPath, sample: '/backup/monday' };

/** The rows of {@link RsyncCompareOptions}. */
export const compareRows: Rows<RsyncCompareOptions> = {
  checksum: { kind: 'flag', option: '--checksum' },
  checksumChoice: { kind: 'choice', option: '--checksum-choice=', since: '3.1.3', values: checksums },
  checksumSeed: { kind: 'integer', option: '--checksum-seed=', minimum: 1, maximum: maximumInt },
  ignoreTimes: { kind: 'flag', option: '--ignore-times' },
  sizeOnly: { kind: 'flag', option: '--size-only' },
  modifyWindowSeconds: { kind: 'integer', option: '--modify-window=', minimum: -1, maximum: maximumInt },
  update: { kind: 'flag', guard: true, option: '--update' },
  existing: { kind: 'flag', guard: true, option: '--existing' },
  ignoreExisting: { kind: 'flag', guard: true, option: '--ignore-existing' },
  fuzzy: { kind: 'flag', option: '--fuzzy' },
  fuzzyAlternates: { kind: 'flag', option: '-yy' },
  compareDest: { kind: 'one-or-many', option: '--compare-dest=', each: directory, most: 20 },
  copyDest: { kind: 'one-or-many', option: '--copy-dest=', each: directory, most: 20 },
  linkDest: { kind: 'one-or-many', option: '--link-dest=', each: directory, most: 20 },
};
