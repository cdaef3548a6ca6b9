import { describe, expect, it } from 'vitest';
import { median, summarize, type Round } from './summary.js';

const round = (script: number, quiesce: number): Round => ({
  script: { pausedMs: { 'Server-Tim': script, MySQL: script - 1000 }, wallMs: 70_000 },
  quiesce: { pausedMs: { 'Server-Tim': quiesce, MySQL: quiesce }, wallMs: 24_500 },
});

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[1, 10, 2, 4], 3],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('summarize', () => {
  it('takes medians of the sides and of the ratios within a round', () => {
    const { comparisons } = summarize([round(6000, 3000), round(8000, 2000), round(7000, 3500)], ['MySQL']);
    expect(comparisons).toEqual([
      { what: 'MySQL paused', scriptMs: 6000, quiesceMs: 3000, ratio: 3500 / 6000 },
      { what: 'longest pause', scriptMs: 7000, quiesceMs: 3000, ratio: 0.5 },
      { what: 'whole run', scriptMs: 70_000, quiesceMs: 24_500, ratio: 0.35 },
    ]);
  });

  it('says whether the goals hold', () => {
    expect(summarize([round(6000, 4000)], []).goals).toEqual([
      { what: 'longest pause', ratio: 4 / 6, atMost: 0.25, holds: false },
      { what: 'whole run', ratio: 0.35, atMost: 0.32, holds: false },
    ]);
  });
});
