import { describe, expect, it } from 'vitest';
import { ticks } from './ticks.js';

const labels = (fromMs: number, toMs: number): string[] => ticks(fromMs, toMs).map(({ label }) => label);
const hour = 3_600_000;

describe('ticks', () => {
  it.each([
    [0, 32_741, ['0', '10 s', '20 s', '30 s'].filter(Boolean)],
    [-1550, 1478, ['−1 s', '0', '1 s']],
    [0, 900, ['0.0 s', '0.2 s', '0.4 s', '0.6 s', '0.8 s']],
    [0, 15_400_000, ['0', '1 h', '2 h', '3 h', '4 h']],
    [0, 2.1 * hour, ['0', '30 min', '1 h', '1 h 30 min', '2 h']],
    [0, 90_000, ['0', '30 s', '1 min', '1 min 30 s']],
    [0, 300 * hour, ['0', '72 h', '144 h', '216 h', '288 h']],
  ])('from %d to %d are at round times', (fromMs, toMs, expected) => {
    expect(labels(fromMs, toMs)).toEqual(expected);
  });

  it('are six at most, whatever the time', () => {
    for (let ms = 1; ms < 1e11; ms *= 1.37) {
      const count = ticks(0, ms).length;
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(6);
    }
  });
});
