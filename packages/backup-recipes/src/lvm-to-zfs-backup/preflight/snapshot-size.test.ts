import { describe, expect, it } from 'vitest';
import { maximumSnapshotBytes, snapshotSizeOf } from './snapshot-size.js';

const mebibyte = 1024 ** 2;
const chunkSizeBytes = 512 * 1024;

describe('maximumSnapshotBytes', () => {
  it('has room for every chunk, the list of them and the header', () => {
    expect(maximumSnapshotBytes(256 * mebibyte, chunkSizeBytes)).toBe((512 + 2 + 1) * chunkSizeBytes);
  });
});

describe('snapshotSizeOf', () => {
  it('is what was asked for, in whole extents', () => {
    const wanted = { snapshotSizeBytes: 5 * mebibyte, chunkSizeBytes };
    expect(snapshotSizeOf({ sizeBytes: 1024 * mebibyte }, 4 * mebibyte, wanted)).toBe(8 * mebibyte);
  });

  it('is no more than the snapshot can use', () => {
    const wanted = { snapshotSizeBytes: 10 * 1024 * mebibyte, chunkSizeBytes };
    expect(snapshotSizeOf({ sizeBytes: 256 * mebibyte }, 4 * mebibyte, wanted)).toBe(260 * mebibyte);
  });
});
