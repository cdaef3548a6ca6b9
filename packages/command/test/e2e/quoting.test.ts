import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const special = Array.from('\n\r\t \'"`$\\!#&*()[]{}|;<>?~=%^-+,.:/@\u0001\u007f\u0080\u2028é日🐑');
const word = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...special), fc.constantFrom(...Array.from('abc$HOME'))), { maxLength: 12 })
      .map((characters) => characters.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\0')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '-',
      '--',
      '-rf',
      '--help',
      '$(reboot)',
      '`id`',
      '*',
      '~root',
      "'",
      "''",
      '"',
      '\\',
      '\n',
      '!!',
      '=ls',
    ),
  },
);

const wordsPerCall = 250;
const calls = 48;

describe('quoting', () => {
  it(`hands ${String(wordsPerCall * calls)} generated words through a remote shell unchanged`, async () => {
    const transport = labTransport();
    const seen = fc.array(word, { minLength: wordsPerCall, maxLength: wordsPerCall, size: 'max' });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(seen, async (words) => {
        const { stdout } = await run(
          transport,
          createCommand('printf', [String.raw`%s\0`, ...words], { effect: 'read' }),
        );
        expect(stdout.split('\0').slice(0, -1)).toEqual(words);
        count += words.length;
      }),
      { numRuns: calls, endOnFailure: true },
    );
    expect(count).toBeGreaterThanOrEqual(10_000);
  });
});
