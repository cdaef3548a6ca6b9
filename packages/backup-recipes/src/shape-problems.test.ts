import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PreflightError } from './preflight-error.js';
import { numberShape, shapeProblems, transportShape } from './shape-problems.js';

const shape = z.strictObject({
  volumes: z.array(z.string()),
  copy: z.strictObject({ compress: z.boolean().optional() }).optional(),
  verify: z.enum(['none', 'full']).optional(),
  hostRoot: z.union([z.literal(false), z.strictObject({ source: z.string().optional() })]).optional(),
  limitMs: numberShape.optional(),
  hook: z.function().optional(),
  transport: transportShape,
  to: z
    .union(
      [
        z.literal('place'),
        z.strictObject({ file: z.string(), transport: transportShape }),
        z.strictObject({ volume: z.strictObject({ group: z.string() }) }),
      ],
      "expected 'place', { file } or { volume }",
    )
    .optional(),
});

describe('shapeProblems', () => {
  it('names what is no option, with those that are, and keeps no value: it may be a secret', () => {
    const all = 'volumes, copy, verify, hostRoot, limitMs, hook, transport, to';
    expect(shapeProblems(shape, { volumes: [], volume: '/dev/SSD/images' })).toEqual([
      { option: 'volume', value: undefined, problem: `is no option: expected one of ${all}` },
    ]);
    expect(shapeProblems(shape, { volumes: [], copy: { compres: true } })).toEqual([
      { option: 'copy.compres', value: undefined, problem: 'is no option: expected one of compress' },
    ]);
    expect(shapeProblems(shape, { volumes: [], hostRoot: { sorce: '/' } })).toEqual([
      { option: 'hostRoot.sorce', value: undefined, problem: 'is no option: expected one of source' },
    ]);
  });

  it.each([
    [{ volumes: {} }, 'volumes', 'an object', 'expected a list'],
    [{}, 'volumes', undefined, 'is missing: expected a list'],
    [{ volumes: ['a', ['b']] }, 'volumes[1]', 'a list', 'expected a text'],
    [{ volumes: ['a', 7] }, 'volumes[1]', '7', 'expected a text'],
    [{ volumes: [], copy: { compress: 'yes' } }, 'copy.compress', 'yes', 'expected true or false'],
    [{ volumes: [], copy: null }, 'copy', 'null', 'expected an object'],
    [{ volumes: [], verify: 'alll' }, 'verify', 'alll', 'expected none or full'],
    [{ volumes: [], hostRoot: '/etc' }, 'hostRoot', '/etc', 'expected false or an object'],
    [{ volumes: [], hostRoot: { source: 7 } }, 'hostRoot.source', '7', 'expected a text'],
    [{ volumes: [], limitMs: '5' }, 'limitMs', '5', 'expected a number'],
    [{ volumes: [], hook: 1 }, 'hook', '1', 'expected a function'],
    [{ volumes: [], transport: 'a:b@nas' }, 'transport', undefined, 'expected a transport, as localTransport()'],
    [{ volumes: [], transport: {} }, 'transport', undefined, 'expected a transport, as localTransport()'],
    [{ volumes: [], limitMs: () => 'secret' }, 'limitMs', 'a function', 'expected a number'],
    [{ volumes: [], limitMs: new Map() }, 'limitMs', 'an object', 'expected a number'],
    [{ volumes: [], limitMs: 'x'.repeat(3000) }, 'limitMs', `${'x'.repeat(200)}…`, 'expected a number'],
    [{ volumes: [], to: { file: '/x', transport: 'nas' } }, 'to.transport', undefined, 'expected a transport, as'],
    [{ volumes: [], to: { file: 7 } }, 'to.file', '7', 'expected a text'],
    [{ volumes: [], to: { fiel: '/x' } }, 'to', 'an object', "expected 'place', { file } or { volume }"],
    [{ volumes: [], to: { volume: 'a/b' } }, 'to.volume', 'a/b', 'expected an object'],
    [{ volumes: [], to: { volume: { group: 'a' }, x: 1 } }, 'to.x', undefined, 'expected one of volume'],
    [undefined, 'options', undefined, 'is missing: expected an object'],
    [new Map([['target', 'tank/x']]), 'options', 'an object', 'expected a plain object with options'],
    [[], 'options', 'a list', 'expected a plain object with options'],
  ])('says what would be right in place of %j', (options, option, value, problem) => {
    expect(shapeProblems(shape, options)).toMatchObject([
      { option, value, problem: expect.stringContaining(problem) as string },
    ]);
  });

  it('is read in an error', () => {
    expect(new PreflightError(shapeProblems(shape, { verify: 'all' })).message).toBe(
      'nothing was begun, 2 to mend: volumes: is missing: expected a list; verify "all": expected none or full',
    );
  });
});
