import { describe, expect, it } from 'vitest';
import { bytesOf, toFixtureText } from './fixture.js';

describe('toFixtureText', () => {
  it.each(['', 'plain\n', 'größe 🐑\t\u0000\r\n', '\uFEFFmark'])('keeps %j as it is', (text) => {
    expect(toFixtureText(Buffer.from(text))).toBe(text);
    expect(bytesOf(text)).toEqual(Buffer.from(text));
  });

  it.each([[[0xff]], [[0x61, 0xc3]], [[0xed, 0xa0, 0x80]]])('has base64 for the bytes %j', (bytes) => {
    const text = toFixtureText(Uint8Array.from(bytes));
    expect(text).toEqual({ base64: Buffer.from(bytes).toString('base64') });
    expect(bytesOf(text)).toEqual(Buffer.from(bytes));
  });
});
