import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readName } from './file-name.js';
import { decodeText } from './text.js';

const unescapeName = (text: string): string => readName(text).path;

// One of each length in UTF-8 and their neighbours, without the halves of surrogate pairs.
const character = fc
  .oneof(
    fc.nat({ max: 0x7f }),
    fc.nat({ max: 0x7ff }),
    fc.nat({ max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  )
  .map((code) => String.fromCodePoint(code));

/** As rsync prints a name with `--8-bit-output`. */
function printed(name: string): string {
  return name
    .replaceAll(/\\(?=#\d{3})/g, String.raw`\#134`)
    .replaceAll(
      /[\u0000-\u0008\u000a-\u001f]/g,
      (character) => `\\#${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
    );
}

describe('decodeText', () => {
  it.each<[string, string]>([
    ['plain', 'plain'],
    ['gr\xc3\xb6\xc3\x9fe', 'größe'],
    ['\xf0\x9f\x92\xbe', '💾'],
    ['bad\xffutf', String.raw`bad\#377utf`],
    ['cut\xc3', String.raw`cut\#303`],
    ['\xed\xa0\x80', String.raw`\#355\#240\#200`],
    ['\xc0\xaf', String.raw`\#300\#257`],
  ])('decodes %j', (bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it('is what UTF-8 says, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: character }), (text) => {
        expect(decodeText(Buffer.from(text, 'utf8').toString('latin1'))).toBe(text);
      }),
    );
  });

  it('loses no byte', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = decodeText(Buffer.from(bytes).toString('latin1'));
        const again = Buffer.from(text, 'utf8')
          .toString('latin1')
          .replaceAll(/\\#([0-3][0-7]{2})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
        fc.pre(
          !Buffer.from(bytes)
            .toString('latin1')
            .includes(String.raw`\#`),
        );
        expect(Buffer.from(again, 'latin1')).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

describe('unescapeName', () => {
  it.each<[string, string]>([
    [String.raw`new\#012line`, 'new\nline'],
    [String.raw`back\#134#012slash`, String.raw`back\#012slash`],
    [String.raw`gr\#303\#266ße`, 'größe'],
    [String.raw`bad\#377utf`, String.raw`bad\#377utf`],
    [String.raw`no\#12 \#400 escape\#`, String.raw`no\#12 \#400 escape\#`],
  ])('undoes %j', (text, name) => {
    expect(unescapeName(text)).toBe(name);
  });

  it('undoes what rsync does to any name', () => {
    const piece = fc.oneof(
      fc.string({ unit: character }),
      fc.constantFrom('\\', '#', '\\#012', '\n', '\r', '\t', '"', ' '),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const name = pieces.join('');
        expect(unescapeName(printed(name))).toBe(name);
      }),
    );
  });
});
