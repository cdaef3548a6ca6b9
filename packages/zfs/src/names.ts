import { checkArgument } from '@quiesce/command';

// zfs(8): components of letters, digits and `_.:-` (a blank inside is allowed), 255 bytes in all.
const component = '[A-Za-z0-9_][A-Za-z0-9_.: -]*';
const dataset = `[A-Za-z][A-Za-z0-9_.: -]*(?:/${component})*`;
const datasetPattern = new RegExp(`^${dataset}$`);
const snapshotPattern = new RegExp(`^${dataset}@[A-Za-z0-9_.: -]+$`);
const maximumBytes = 255;

/** Checks the name of a file system or volume, as `tank/vm`. */
export function checkDataset(argument: string, value: string): string {
  const expected = 'the name of a dataset as pool/path: letters, digits and _ . : - between slashes, 255 bytes at most';
  return checkArgument(argument, value, { pattern: datasetPattern, expected, maximumBytes });
}

/** Checks the name of a snapshot, as `tank/vm@monday`. */
export function checkSnapshot(argument: string, value: string): string {
  const expected = 'the name of a snapshot as pool/path@name: letters, digits and _ . : -, 255 bytes at most';
  return checkArgument(argument, value, { pattern: snapshotPattern, expected, maximumBytes });
}
