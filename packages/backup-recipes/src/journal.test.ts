import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Journal } from './journal.js';

describe('Journal', () => {
  it.each<[string, () => void]>([
    [
      'throws',
      () => {
        throw new Error('broken display');
      },
    ],
    // An async function is a function that returns nothing, as far as its type goes.
    ['rejects later', () => Promise.reject(new Error('broken display'))],
  ])('goes on when what is told %s', async (_how, onEvent) => {
    const journal = new Journal('copy', onEvent);
    // vitest fails the run for a rejection that nobody handles.
    await expect(journal.step('copy', 'x', () => delay(20, 'done'))).resolves.toBe('done');
    expect(journal.failed).toBe(false);
  });

  it('notes what a step failed with, and says whether it counts', async () => {
    const journal = new Journal<'copy' | 'remove'>('copy', undefined);
    expect(await journal.attempt('copy', 'x', () => Promise.reject(new Error('no')))).toBe(false);
    journal.problem('remove', 'x', new Error('little'), false);
    expect(journal.problems.map(({ message, fatal }) => [message, fatal])).toEqual([
      ['no', true],
      ['little', false],
    ]);
    expect(journal.failed).toBe(true);
  });
});
