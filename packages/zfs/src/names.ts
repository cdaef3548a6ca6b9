import { checkArgument, type OneOrManyRow, type TextRow } from '@quiesce/command';

// zfs(8): letters, digits, `_.:-` and blanks between slashes, 255 bytes in all; a pool begins with
// a letter. Neither a part of a path nor what follows the @ or # may be `.` or `..`.
const character = '[A-Za-z0-9_.: -]';
const dataset = `[A-Za-z]${character}*(?:/(?!\\.{1,2}(?:[/@#]|$))${character}+)*`;
const short = `(?!\\.{1,2}$)${character}+`;
const poolPattern = new RegExp(`^[A-Za-z]${character}*$`);
const datasetPattern = new RegExp(`^${dataset}$`);
const snapshotPattern = new RegExp(`^${dataset}@${short}$`);
const datasetOrSnapshotPattern = new RegExp(`^${dataset}(?:@${short})?$`);
const bookmarkPattern = new RegExp(`^${dataset}#${short}$`);
const snapshotOrBookmarkPattern = new RegExp(`^${dataset}[@#]${short}$`);
const anyPattern = new RegExp(`^${dataset}(?:[@#]${short})?$`);
const incrementalSourcePattern = new RegExp(`^(?:${dataset})?[@#]${short}$`);
const shortSnapshotPattern = new RegExp(`^${short}$`);
const tagPattern = /^[^.\p{Cc}][^\p{Cc}]*$/u;
const characters = 'letters, digits, blanks and _ . : -, 255 bytes at most';
const maximumBytes = 255;

/** Checks the name of a pool, as `tank`. */
export function checkPool(argument: string, value: string): string {
  return checkArgument(argument, value, {
    pattern: poolPattern,
    expected: `the name of a pool: ${characters}`,
    maximumBytes,
  });
}

/** Checks the name of a file system or volume, as `tank/vm`. */
export function checkDataset(argument: string, value: string): string {
  const expected = `the name of a dataset as pool/path: ${characters}`;
  return checkArgument(argument, value, { pattern: datasetPattern, expected, maximumBytes });
}

/** Checks the name of a snapshot, as `tank/vm@monday`. */
export function checkSnapshot(argument: string, value: string): string {
  const expected = `the name of a snapshot as pool/path@name: ${characters}`;
  return checkArgument(argument, value, { pattern: snapshotPattern, expected, maximumBytes });
}

/** Checks the name of a bookmark, as `tank/vm#monday`. */
export function checkBookmark(argument: string, value: string): string {
  const expected = `the name of a bookmark as pool/path#name: ${characters}`;
  return checkArgument(argument, value, { pattern: bookmarkPattern, expected, maximumBytes });
}

function checkSnapshotOrBookmark(argument: string, value: string): string {
  const expected = `the name of a snapshot or bookmark as pool/path@name or pool/path#name: ${characters}`;
  return checkArgument(argument, value, { pattern: snapshotOrBookmarkPattern, expected, maximumBytes });
}

/** Checks the name of a file system, volume or snapshot. */
export function checkDatasetOrSnapshot(argument: string, value: string): string {
  const expected = `the name of a dataset or snapshot as pool/path or pool/path@name: ${characters}`;
  return checkArgument(argument, value, { pattern: datasetOrSnapshotPattern, expected, maximumBytes });
}

/** Checks the name of a file system, volume, snapshot or bookmark. */
export function checkAnyName(argument: string, value: string): string {
  const expected = `the name of a dataset, snapshot or bookmark as pool/path, pool/path@name or pool/path#name: ${characters}`;
  return checkArgument(argument, value, { pattern: anyPattern, expected, maximumBytes });
}

/** Checks what an increment begins at: a snapshot or bookmark, or the end of its name. */
export function checkIncrementalSource(argument: string, value: string): string {
  const expected = `a snapshot or bookmark as pool/path@name, pool/path#name, @name or #name: ${characters}`;
  return checkArgument(argument, value, { pattern: incrementalSourcePattern, expected, maximumBytes });
}

/** Checks the part of a snapshot's name after the `@`, as `monday`. */
export function checkShortSnapshot(argument: string, value: string): string {
  const expected = `the part of a snapshot's name after the @: ${characters}`;
  return checkArgument(argument, value, { pattern: shortSnapshotPattern, expected, maximumBytes });
}

/**
 * Checks the tag of a hold. zfs keeps those that begin with a dot to itself, and the kernel's
 * module panics over one that is longer.
 */
function checkTag(argument: string, value: string): string {
  const expected =
    'the tag of a hold: text without control characters that begins with neither . nor -, 255 bytes at most';
  return checkArgument(argument, value, { pattern: tagPattern, expected, maximumBytes });
}

type NamesRow = Omit<OneOrManyRow<string>, 'required' | 'guard'>;

/** The row of pools by their names. */
export const poolsRow: NamesRow = { kind: 'one-or-many', each: { kind: 'text', check: checkPool, sample: 'tank' } };

/** The row of one file system or volume. */
export const datasetRow: TextRow & { readonly required: true } = {
  kind: 'text',
  check: checkDataset,
  sample: 'tank/vm',
  required: true,
};

/** The row of one snapshot. */
export const snapshotRow: TextRow = { kind: 'text', check: checkSnapshot, sample: 'tank/vm@monday' };

/** The row of one snapshot that has to be given. */
export const requiredSnapshotRow: TextRow & { readonly required: true } = { ...snapshotRow, required: true };

/** The row of one bookmark. */
export const bookmarkRow: TextRow & { readonly required: true } = {
  kind: 'text',
  check: checkBookmark,
  sample: 'tank/vm#monday',
  required: true,
};

/** The row of one snapshot or bookmark. */
export const snapshotOrBookmarkRow: TextRow & { readonly required: true } = {
  kind: 'text',
  check: checkSnapshotOrBookmark,
  sample: 'tank/vm@monday',
  required: true,
};

/** The row of one file system, volume or snapshot. */
export const anyDatasetRow: TextRow = { kind: 'text', check: checkDatasetOrSnapshot, sample: 'tank/vm' };

/** The row of file systems, volumes and snapshots. */
export const datasetsRow: NamesRow = {
  kind: 'one-or-many',
  each: { kind: 'text', check: checkDatasetOrSnapshot, sample: 'tank/vm' },
};

/** The row of snapshots. */
export const snapshotsRow: NamesRow & { readonly required: true } = {
  kind: 'one-or-many',
  each: { kind: 'text', check: checkSnapshot, sample: 'tank/vm@monday' },
  required: true,
};

/** The row of the tag of a hold. */
export const tagRow: TextRow & { readonly required: true } = {
  kind: 'text',
  check: checkTag,
  sample: 'keep',
  required: true,
};
