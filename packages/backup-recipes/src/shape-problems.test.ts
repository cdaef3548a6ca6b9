import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shapeProblems } from './shape-problems.js';

const shape = z.strictObject({
  volumes: z.array(z.string()),
  copy: z.strictObject({ compress: z.boolean().optional() }).optional(),
});

describe('shapeProblems', () => {
  it('names what is no option, with those that are', () => {
    expect(shapeProblems(shape, { volumes: [], volume: '/dev/SSD/images' })).toEqual([
      { option: 'volume', value: '/dev/SSD/images', problem: 'is no option: expected one of volumes, copy' },
    ]);
    expect(shapeProblems(shape, { volumes: [], copy: { compres: true } })).toEqual([
      { option: 'copy.compres', value: 'true', problem: 'is no option' },
    ]);
  });

  it('tells a value of the wrong type', () => {
    expect(shapeProblems(shape, { volumes: {} })).toMatchObject([{ option: 'volumes', value: 'an object' }]);
    expect(shapeProblems(shape, { volumes: ['a', ['b']] })).toMatchObject([{ option: 'volumes[1]', value: 'a list' }]);
    expect(shapeProblems(shape, undefined)).toMatchObject([{ option: 'options', value: 'undefined' }]);
  });
});
