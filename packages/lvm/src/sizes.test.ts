import { InvalidArgumentError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lvcreateCommand } from './logical-volume/lvcreate.js';

const wordAfter = (option: string, { args }: { args: readonly string[] }): string | undefined =>
  args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
const ofSize = (sizeBytes: number): string | undefined =>
  wordAfter('--size', lvcreateCommand({ type: 'linear', volumeGroup: 'SSD', name: 'a', sizeBytes }));
const ofChunks = (chunkSizeBytes?: number): string | undefined =>
  wordAfter(
    '--chunksize',
    lvcreateCommand({
      ...{ type: 'snapshot', origin: 'SSD/images', name: 'a', sizeBytes: 512 },
      ...(chunkSizeBytes !== undefined && { chunkSizeBytes }),
    }),
  );

describe('a size', () => {
  it('gives multiples of 512 in bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Math.floor(Number.MAX_SAFE_INTEGER / 512) }), (sectors) => {
        expect(ofSize(sectors * 512)).toBe(`${String(sectors * 512)}b`);
      }),
    );
  });

  it.each([0, -512, 511, 513, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d', (bytes) => {
    expect(() => ofSize(bytes)).toThrow(InvalidArgumentError);
  });
});

describe('a size of chunks', () => {
  it.each([4096, 8192, 65_536, 524_288])('takes %d', (bytes) => {
    expect(ofChunks(bytes)).toBe(`${String(bytes)}b`);
  });

  it('leaves it to LVM', () => {
    expect(ofChunks()).toBeUndefined();
  });

  it.each([0, -4096, 2048, 4095, 12_288, 1_048_576, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (bytes) => {
    expect(() => ofChunks(bytes)).toThrow(InvalidArgumentError);
  });
});
