import { describe, expect, it } from 'vitest';
import { formatBar, formatTable } from './format.js';

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
