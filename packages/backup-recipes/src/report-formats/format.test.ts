import { describe, expect, it } from 'vitest';
import { counted, formatBytes, formatDuration, formatMoment, visible } from './format.js';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [64 * 2 ** 20, '64.0 MiB'],
    [2 ** 20 - 1, '1.0 MiB'],
    [10 * 2 ** 30, '10.0 GiB'],
    [3 * 2 ** 50, '3072.0 TiB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [2449, '2.4 s'],
    [-49, '0.0 s'],
    [-1600, '−1.6 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 0 s'],
    [72_300, '1 min 12 s'],
    [3_599_400, '59 min 59 s'],
    [3_599_600, '1 h 0 min'],
    [90_000_000, '25 h 0 min'],
  ])('%d is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('formatMoment', () => {
  it('tells a moment of UTC, and copes with none', () => {
    expect(formatMoment(new Date('2013-03-24T00:39:46.120Z'))).toBe('2013-03-24 00:39:46 UTC');
    expect(formatMoment(new Date(NaN))).toBe('an unknown time');
  });
});

describe('counted', () => {
  it('knows one from many', () => {
    expect([0, 1, 2].map((count) => counted(count, 'guest'))).toEqual(['0 guests', '1 guest', '2 guests']);
  });
});

describe('visible', () => {
  it('shows what steers a terminal, and leaves letters of all languages', () => {
    expect(visible('Größe 猫\x1b[31m\n\u202e\u2028')).toBe('Größe 猫\\x1b[31m\\x0a\\u{202e}\\u{2028}');
  });
});
