import { isPlainObject } from '@quiesce/command';
import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import type { PreflightProblem } from './preflight-error.js';

function valueAt(options: unknown, path: readonly PropertyKey[]): unknown {
  let value = options;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return value;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isPlainObject(value) ? 'an object' : String(value);
}

/** A number. NaN is one too: what is wrong with it is told with the limits. */
export const numberShape: z.ZodType<number> = z.custom<number>(
  (value) => typeof value === 'number',
  'expected a number',
);

/** The shape of the option `transport` of every recipe. */
export const transportShape: z.ZodType = z.looseObject({ name: z.string(), start: z.function() }).optional();

/** The names of the options at a place, where the shape says them. */
function namesAt(shape: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  return path.length === 0 && shape instanceof z.ZodObject ? Object.keys(shape.shape) : [];
}

function problemsOf(issue: z.core.$ZodIssue, shape: z.ZodType, options: unknown): PreflightProblem[] {
  const { message, path } = issue;
  if (issue.code !== 'unrecognized_keys') {
    const option = path.length === 0 ? 'options' : toDotPath(path);
    return [{ option, value: textOf(valueAt(options, path)), problem: message }];
  }
  const names = namesAt(shape, path);
  const expected = names.length === 0 ? '' : `: expected one of ${names.join(', ')}`;
  return issue.keys.map((key) => ({
    option: toDotPath([...path, key]),
    value: textOf(valueAt(options, [...path, key])),
    problem: `is no option${expected}`,
  }));
}

/**
 * What the compiler would have refused, for who calls without one. A name that is no option would
 * do nothing, unnoticed.
 */
export function shapeProblems(shape: z.ZodType, options: unknown): PreflightProblem[] {
  const { error } = shape.safeParse(options);
  return (error?.issues ?? []).flatMap((issue) => problemsOf(issue, shape, options));
}
