import { OutputParseError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRows, requireRows, unset } from './output-rows.js';

const format = { what: 'a test', columns: ['name', 'value'] } as const;
const isStart = ([name = '']: readonly string[]): boolean => name.startsWith('/');

describe('parseRows', () => {
  it('gives the cells by column, all that is left to the last one', () => {
    expect(parseRows('a\t1\nb\t2\t3\n', format)).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '2\t3' },
    ]);
  });

  it('reads an output without a line break at its end', () => {
    expect(parseRows('a\t1', format)).toEqual([{ name: 'a', value: '1' }]);
  });

  it('adds lines that begin no row to the one before', () => {
    const rows = parseRows('/a\t1\nmore\tand\n\n/b\t2\n', { ...format, isStart });
    expect(rows.map(({ value }) => value)).toEqual(['1\nmore\tand\n', '2']);
  });

  it('refuses a first line that begins no row, and a row that is too short', () => {
    expect(() => parseRows('x\n/a\t1\n', { ...format, isStart })).toThrow(OutputParseError);
    expect(() => parseRows('a\n', format)).toThrow(OutputParseError);
  });

  it('throws nothing but OutputParseError, whatever is printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '/', '\t', '\n', '-') }), (stdout) => {
        try {
          parseRows(stdout, { ...format, isStart });
        } catch (error) {
          expect(OutputParseError.isInstance(error)).toBe(true);
        }
      }),
    );
  });
});

describe('requireRows', () => {
  it('lets the rows that there are pass in any order', () => {
    expect(() => requireRows('a test', ['b', 'a'], ['a', 'b', 'a'])).not.toThrow();
    expect(() => requireRows('a test', [], [])).not.toThrow();
  });

  it.each([
    ['another', ['a', 'b', 'c']],
    ['one twice', ['a', 'b', 'a']],
    ['too few', ['a']],
  ])('refuses %s', (_what, rows) => {
    expect(() => requireRows('a test', rows, ['a', 'b'])).toThrow(OutputParseError);
  });
});

describe('unset', () => {
  it('tells - from a value', () => {
    expect([unset('-'), unset(''), unset('--')]).toEqual([undefined, '', '--']);
  });
});
