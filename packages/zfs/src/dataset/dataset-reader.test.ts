import { OutputParseError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetReader } from './dataset-reader.js';
import { allFields } from './fields.js';

const line = (name: string, mountpoint: string): string =>
  [name, 'filesystem', 1, '-', 3, 4, 'yes', 1_700_000_000, 7, '17829184467440737095', '-', '-', mountpoint].join('\t');

/** All that is read of lines that come in pieces. */
function readInPieces(lines: readonly string[], sizes: readonly number[]): unknown[] {
  const reader = datasetReader<(typeof allFields)[number]>(allFields);
  const read: unknown[] = [];
  let from = 0;
  for (const size of [...sizes, lines.length]) {
    read.push(...reader.push(lines.slice(from, from + size)));
    from += size;
  }
  return [...read, ...reader.end()];
}

describe('datasetReader', () => {
  it('reads all fields of a line', () => {
    expect(readInPieces([line('tank/a b', '/tank')], [])).toEqual([
      {
        ...{ name: 'tank/a b', type: 'filesystem', usedBytes: 1, availableBytes: undefined, referencedBytes: 3 },
        ...{ writtenBytes: 4, mounted: true, createdAt: new Date('2023-11-14T22:13:20Z'), createtxg: 7 },
        ...{ guid: '17829184467440737095', holds: undefined, origin: undefined, mountpoint: '/tank' },
      },
    ]);
  });

  it('reads back any mount point that does not look like a row, however the lines come', () => {
    const path = fc
      .string({ unit: fc.constantFrom('a', '-', '\t', '\n', '/', 'snapshot', ' ') })
      .map((text) => `/${text}`);
    const looksLikeRow = /(?:^|\n)[^\t\n]+\t(?:filesystem|volume|snapshot)(?:\t|\n|$)/;
    const paths = fc.array(
      path.filter((text) => !looksLikeRow.test(text)),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(paths, fc.array(fc.nat(3)), (all, sizes) => {
        const output = all.map((mountpoint, index) => line(`tank/${String(index)}`, mountpoint)).join('\n');
        const found = readInPieces(output.split('\n'), sizes);
        expect(found).toMatchObject(all.map((mountpoint, index) => ({ name: `tank/${String(index)}`, mountpoint })));
        expect(found).toHaveLength(all.length);
      }),
    );
  });

  it('throws nothing but OutputParseError, whatever is printed', () => {
    const part = fc.constantFrom('tank', '\t', '\n', 'snapshot', 'volume', '1', '-', '99999999999999999', 'x');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const reader = datasetReader<'usedBytes' | 'createdAt'>(['usedBytes', 'createdAt']);
        try {
          const found = [...reader.push(parts.join('').split('\n')), ...reader.end()];
          for (const { usedBytes } of found) expect(Number.isSafeInteger(usedBytes)).toBe(true);
        } catch (error) {
          expect(OutputParseError.isInstance(error)).toBe(true);
        }
      }),
    );
  });

  it.each(['tank\tsnapshot\t1', 'tank\tsnapshot\t1\t2\t3', 'tank\tsnapshots\t1\t2', '\tsnapshot\t1\t2', 'tank', ''])(
    'refuses %j',
    (text) => {
      expect(() => datasetReader(['usedBytes', 'createdAt']).push([text])).toThrow(OutputParseError);
    },
  );
});
