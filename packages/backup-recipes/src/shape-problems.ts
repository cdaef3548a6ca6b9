import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import type { PreflightProblem } from './preflight-error.js';

function valueAt(options: unknown, path: readonly PropertyKey[]): string {
  let value = options;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return typeof value === 'string' ? value : String(value);
}

/** A number. NaN is one too: what is wrong with it is told with the limits. */
export const numberShape: z.ZodType<number> = z.custom<number>(
  (value) => typeof value === 'number',
  'expected a number',
);

/** The shape of the option `transport` of every recipe. */
export const transportShape: z.ZodType = z.looseObject({ name: z.string(), start: z.function() }).optional();

/**
 * What the compiler would have refused, for who calls without one. A name that is no option would
 * do nothing, unnoticed.
 */
export function shapeProblems(shape: z.ZodType, options: unknown): PreflightProblem[] {
  const { error } = shape.safeParse(options);
  return (error?.issues ?? []).map(({ path, message }) => ({
    option: path.length === 0 ? 'options' : toDotPath(path),
    value: valueAt(options, path),
    problem: message,
  }));
}
