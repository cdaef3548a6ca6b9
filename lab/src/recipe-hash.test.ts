import { describe, expect, it } from 'vitest';
import { hashRecipe } from './recipe-hash.js';

describe('hashRecipe', () => {
  it('does not depend on the order of the parts', () => {
    expect(hashRecipe({ first: '1', second: '2' })).toBe(hashRecipe({ second: '2', first: '1' }));
  });
  it.each([
    [{ first: '1' }, { first: '2' }],
    [{ first: '1' }, { second: '1' }],
    [{ first: '' }, {}],
    [
      { first: '1', second: '' },
      { first: '', second: '1' },
    ],
    [{ ab: 'c' }, { a: 'bc' }],
  ])('tells %j from %j', (one, other) => {
    expect(hashRecipe(one)).not.toBe(hashRecipe(other));
  });
  it('is short and fit for a file name', () => {
    expect(hashRecipe({ first: '1' })).toMatch(/^[0-9a-f]{16}$/);
  });
});
