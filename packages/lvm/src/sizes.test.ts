import { InvalidArgumentError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkSizeArguments, sizeArgument } from './sizes.js';

describe('sizeArgument', () => {
  it('gives multiples of 512 in bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Math.floor(Number.MAX_SAFE_INTEGER / 512) }), (sectors) => {
        expect(sizeArgument('sizeBytes', sectors * 512)).toBe(`${String(sectors * 512)}b`);
      }),
    );
  });

  it.each([0, -512, 511, 513, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d', (bytes) => {
    expect(() => sizeArgument('sizeBytes', bytes)).toThrow(InvalidArgumentError);
  });
});

describe('chunkSizeArguments', () => {
  it.each([4096, 8192, 65_536, 524_288])('takes %d', (bytes) => {
    expect(chunkSizeArguments('chunkSizeBytes', bytes)).toEqual(['--chunksize', `${String(bytes)}b`]);
  });

  it('leaves it to LVM', () => {
    expect(chunkSizeArguments('chunkSizeBytes', undefined)).toEqual([]);
  });

  it.each([0, -4096, 2048, 4095, 12_288, 1_048_576, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (bytes) => {
    expect(() => chunkSizeArguments('chunkSizeBytes', bytes)).toThrow(InvalidArgumentError);
  });
});
