import { OutputParseError } from '@quiesce/command';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRows, requireAsked, unset } from './rows.js';

const format = { what: 'a test', columns: ['name', 'value'] } as const;

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
    const rows = parseRows('/a\t1\nmore\tand\n\n/b\t2\n', { ...format, start: /^\/\w\t/ });
    expect(rows.map(({ value }) => value)).toEqual(['1\nmore\tand\n', '2']);
  });

  it('refuses a first line that begins no row, a row that is too short, and a key twice', () => {
    expect(() => parseRows('x\n/a\t1\n', { ...format, start: /^\/\w\t/ })).toThrow(OutputParseError);
    expect(() => parseRows('a\n', format)).toThrow(OutputParseError);
    expect(() => parseRows('a\t1\na\t2\n', { ...format, key: ['name'] })).toThrow(/twice/);
    expect(parseRows('a\t1\na\t2\n', { ...format, key: ['name', 'value'] })).toHaveLength(2);
  });

  it('throws nothing but OutputParseError, whatever is printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '/', '\t', '\n', '-') }), (stdout) => {
        try {
          parseRows(stdout, { ...format, start: /^\//, key: ['name'] });
        } catch (error) {
          expect(OutputParseError.isInstance(error)).toBe(true);
        }
      }),
    );
  });
});

describe('requireAsked', () => {
  it.each(['tank/a', 'tank/a/b', 'tank/a@1', 'tank/a#1'])('lets %s pass for tank/a', (name) => {
    expect(() => requireAsked('a test', ['tank/x', 'tank/a'], name)).not.toThrow();
  });

  it.each(['tank', 'tank/ab', 'tank/a b', 'tan', 'tank/b@1'])('refuses %s for tank/a', (name) => {
    expect(() => requireAsked('a test', ['tank/x', 'tank/a'], name)).toThrow(OutputParseError);
  });

  it('lets everything pass where nothing was named', () => {
    expect(() => requireAsked('a test', [], 'tank')).not.toThrow();
  });
});

describe('unset', () => {
  it('tells - from a value', () => {
    expect([unset('-'), unset(''), unset('--')]).toEqual([undefined, '', '--']);
  });
});
