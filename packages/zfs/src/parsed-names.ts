import { InvalidArgumentError } from '@quiesce/command';
import { checkBookmark, checkDataset, checkPool, checkSnapshot } from './names.js';

/** The parts of the name of a snapshot. */
export interface SnapshotName {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** The file system or volume that it is of, as `tank/vm`. */
  readonly dataset: string;
  /** What follows the `@`, as `monday`. */
  readonly snapshot: string;
}

/** The parts of the name of a bookmark. */
export interface BookmarkName {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** The file system or volume that it is of, as `tank/vm`. */
  readonly dataset: string;
  /** What follows the `#`, as `monday`. */
  readonly bookmark: string;
}

function parts(
  name: string,
  delimiter: string,
): { readonly pool: string; readonly dataset: string; readonly last: string } {
  const [dataset = '', last = ''] = name.split(delimiter);
  const [pool = ''] = dataset.split('/');
  return { pool, dataset, last };
}

/**
 * Takes the name of a snapshot apart.
 *
 * @throws `InvalidArgumentError` for what is no name of a snapshot.
 *
 * @example
 * ```ts
 * const { dataset, snapshot } = parseSnapshotName('tank/vm@monday');
 * await zfs.destroy({ dataset, snapshots: [{ last: snapshot }], dryRun: true });
 * ```
 */
export function parseSnapshotName(name: string): SnapshotName {
  const { pool, dataset, last } = parts(checkSnapshot('name', name), '@');
  return { pool, dataset, snapshot: last };
}

/**
 * Takes the name of a bookmark apart.
 *
 * @throws `InvalidArgumentError` for what is no name of a bookmark.
 *
 * @example
 * ```ts
 * parseBookmarkName('tank/vm#monday'); // { pool: 'tank', dataset: 'tank/vm', bookmark: 'monday' }
 * ```
 */
export function parseBookmarkName(name: string): BookmarkName {
  const { pool, dataset, last } = parts(checkBookmark('name', name), '#');
  return { pool, dataset, bookmark: last };
}

function passes(check: (argument: string, value: string) => string, name: string): boolean {
  try {
    check('name', name);
    return true;
  } catch (error) {
    if (InvalidArgumentError.isInstance(error)) return false;
    throw error;
  }
}

/**
 * Whether a text can be the name of a pool, as `tank`. Words that zpool keeps to itself, as
 * `mirror`, are not told apart.
 *
 * @example
 * ```ts
 * isPoolName('tank'); // true
 * ```
 */
export function isPoolName(name: string): boolean {
  return passes(checkPool, name);
}

/**
 * Whether a text can be the name of a file system or volume, as `tank/vm`. That of a pool is one.
 *
 * @example
 * ```ts
 * isDatasetName('tank/vm'); // true
 * isDatasetName('tank/vm@monday'); // false
 * ```
 */
export function isDatasetName(name: string): boolean {
  return passes(checkDataset, name);
}

/**
 * Whether a text can be the name of a snapshot, as `tank/vm@monday`.
 *
 * @example
 * ```ts
 * const snapshots = ['tank/vm', 'tank/vm@monday'].filter(isSnapshotName);
 * ```
 */
export function isSnapshotName(name: string): boolean {
  return passes(checkSnapshot, name);
}

/**
 * Whether a text can be the name of a bookmark, as `tank/vm#monday`.
 *
 * @example
 * ```ts
 * isBookmarkName('tank/vm#monday'); // true
 * ```
 */
export function isBookmarkName(name: string): boolean {
  return passes(checkBookmark, name);
}
