import { OutputParseError } from '@quiesce/command';
import { recordedBytes, releaseOn, releases } from '@quiesce/lab/recorded';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutputParser } from './output-parser.js';
import { parseRsyncStats } from './stats.js';

const counts = (total: number, rest: object = {}): object => ({
  total,
  files: 0,
  directories: 0,
  symbolicLinks: 0,
  devices: 0,
  specials: 0,
  ...rest,
});

function linesOf(release: string, name: string): string {
  const parser = createOutputParser();
  parser.push(recordedBytes(release, name).stdout);
  return parser.lines().join('\n');
}

describe.each(releases('rsync'))('parseRsyncStats on %s', (release) => {
  it('reads how many files of each type there are', () => {
    expect(parseRsyncStats(linesOf(release, 'names'))).toMatchObject({
      found: counts(16, { files: 12, directories: 2, symbolicLinks: 1, specials: 1 }),
      created: counts(15, { files: 12, directories: 1, symbolicLinks: 1, specials: 1 }),
      deleted: counts(3, { files: 2, directories: 1 }),
      filesTransferred: 11,
      totalFileSizeBytes: 2015,
      transferredFileSizeBytes: 1010,
    });
  });

  it('reads how much of a changed file was new', () => {
    const stats = parseRsyncStats(linesOf(release, 'delta'));
    expect(stats).toMatchObject({
      created: counts(0),
      filesTransferred: 1,
      totalFileSizeBytes: 4_000_000,
      transferredFileSizeBytes: 4_000_000,
    });
    expect(stats.literalBytes).toBeLessThan(5000);
    expect(stats.literalBytes + stats.matchedBytes).toBe(4_000_000);
    expect(stats.speedup).toBeCloseTo(4_000_000 / (stats.sentBytes + stats.receivedBytes));
    expect(stats.speedup).toBeGreaterThan(100);
  });
});

describe('parseRsyncStats', () => {
  const text = linesOf(releaseOn('rsync', 'trixie'), 'delta');

  it.each([
    ['that is empty', ''],
    ['without statistics', 'hello\n'],
    ['with a part of them', text.replace(/^Literal data.*$/m, '')],
    ['with a number too large to be exact', text.replace('4000000 bytes', '9007199254740993 bytes')],
    ['with human units', text.replace('4000000 bytes', '4.00M bytes')],
  ])('refuses output %s', (_what, stdout) => {
    expect(() => parseRsyncStats(stdout)).toThrow(OutputParseError);
  });

  it('ignores lines that it does not know', () => {
    expect(parseRsyncStats(`Number of miracles: many\n${text}\nTotal joy: 7\n`)).toEqual(parseRsyncStats(text));
  });

  it('reads any numbers', () => {
    const bytes = fc.nat({ max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(bytes, bytes, (size, literal) => {
        const stdout = text
          .replace(/^Total file size: .*$/m, `Total file size: ${String(size)} bytes`)
          .replace(/^Literal data: .*$/m, `Literal data: ${String(literal)} bytes`);
        expect(parseRsyncStats(stdout)).toMatchObject({ totalFileSizeBytes: size, literalBytes: literal });
      }),
    );
  });
});
