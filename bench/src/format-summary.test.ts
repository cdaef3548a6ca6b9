import { describe, expect, it } from 'vitest';
import { formatMeasurement, formatSummary } from './format-summary.js';

describe('formatSummary', () => {
  it('aligns its columns and names the goals', () => {
    const summary = {
      comparisons: [
        { what: 'MySQL paused', scriptMs: 6012, quiesceMs: 2404, ratio: 0.4 },
        { what: 'whole run', scriptMs: 70_400, quiesceMs: 28_160, ratio: 0.4 },
      ],
      goals: [
        { what: 'longest pause', atMost: 0.6, ratio: 0.4, holds: true },
        { what: 'whole run', atMost: 0.35, ratio: 0.4, holds: false },
      ],
    };
    expect(formatSummary(summary, 3)).toEqual([
      "Medians over 3 rounds; the ratio is the median of the rounds' ratios:",
      '',
      '                  script     quiesce       ratio',
      'MySQL paused      6.01 s      2.40 s        0.40',
      'whole run        70.40 s     28.16 s        0.40',
      '',
      "goal met: longest pause at most 0.60 of the script's, is 0.40",
      "goal missed: whole run at most 0.35 of the script's, is 0.40",
    ]);
  });
});

describe('formatMeasurement', () => {
  it('says it in one line', () => {
    const measurement = { pausedMs: { 'Server-Tim': 7200, MySQL: 6000 }, wallMs: 70_400 };
    expect(formatMeasurement('script', measurement)).toBe(
      'script  Server-Tim paused 7.20 s, MySQL paused 6.00 s, whole run 70.40 s',
    );
  });
});
