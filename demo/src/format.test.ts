import { describe, expect, it } from 'vitest';
import { formatBar, formatBytes, formatDuration, formatTable } from './format.js';

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
    [59_949, '59.9 s'],
    [59_950, '1 min 0 s'],
    [72_300, '1 min 12 s'],
  ])('%d is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('formatBar', () => {
  it.each([
    [0, '..........'],
    [42, '####......'],
    [100, '##########'],
    [130, '##########'],
  ])('%d %%', (percent, bar) => {
    expect(formatBar(percent, 10)).toBe(bar);
  });
});

describe('formatTable', () => {
  it('aligns columns and leaves no blanks at the end', () => {
    const rows = [
      ['guest', 'paused', 'after'],
      ['Server-Tim', '2.4 s', 'running'],
      ['MySQL', '12.3 s', ''],
    ];
    expect(formatTable(['left', 'right', 'left'], rows)).toEqual([
      'guest       paused  after',
      'Server-Tim   2.4 s  running',
      'MySQL       12.3 s',
    ]);
  });
});
