import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { beside } from './beside.js';

describe('beside', () => {
  it('does so many at once, and not one more', async () => {
    const done: number[] = [];
    let now = 0;
    let most = 0;
    await beside([50, 10, 10, 10], 2, async (ms) => {
      now += 1;
      most = Math.max(most, now);
      await delay(ms);
      now -= 1;
      done.push(ms);
    });
    expect(most).toBe(2);
    expect(done).toEqual([10, 10, 10, 50]);
  });

  it('does nothing with nothing', async () => {
    await expect(beside([], 2, () => Promise.reject(new Error('no')))).resolves.toBeUndefined();
  });
});
