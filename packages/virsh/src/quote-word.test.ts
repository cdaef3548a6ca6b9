import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVshLine } from '../test/vsh-parser.js';
import { quoteVirshWord } from './quote-word.js';

describe('quoteVirshWord', () => {
  it.each([
    ['--domain=MySQL', '--domain=MySQL'],
    ['', "''"],
    ['two words', "'two words'"],
    ["it's; quit", String.raw`'it'\''s; quit'`],
    ['#c', "'#c'"],
    ['a\nb', "'a\nb'"],
    ['\\', "'\\'"],
  ])('quotes %j', (word, quoted) => {
    expect(quoteVirshWord(word)).toBe(quoted);
  });

  it('gives back any words from any commands', () => {
    const tricky = fc.string({ unit: fc.constantFrom("'", '"', '\\', ';', '#', '\n', '\t', ' ', '-', '=', 'a') });
    const word = fc.oneof(tricky, fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1 }), { minLength: 1 }), (commands) => {
        const line = commands.map((words) => words.map(quoteVirshWord).join(' ')).join('; ');
        expect(parseVshLine(line)).toEqual(commands);
      }),
      { numRuns: 2000 },
    );
  });
});
