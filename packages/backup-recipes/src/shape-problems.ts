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
export const transportShape: z.ZodType = z
  .looseObject({ name: z.string(), start: z.function() }, 'expected a transport, as localTransport()')
  .optional();

/** The types of values, in the words of the clients. */
const types: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  function: 'a function',
  number: 'a number',
  object: 'an object',
  string: 'a text',
};

/** What would be right in place of a value. Undefined where zod's own words have to do. */
function expectedOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected];
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'invalid_union':
      return issue.errors.map(([first]) => (first === undefined ? undefined : expectedOf(first))).join(' or ');
    default:
      return undefined;
  }
}

function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const expected = expectedOf(issue);
  if (expected === undefined) return undefined;
  return `${issue.input === undefined ? 'is missing: ' : ''}expected ${expected}`;
}

/** The part of a shape that is about what stands at a place. */
function shapeAt(shape: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  if (shape instanceof z.ZodOptional) return shapeAt(shape.unwrap() as z.ZodType, path);
  if (shape instanceof z.ZodUnion) {
    return shape.options.map((each) => shapeAt(each as z.ZodType, path)).find((at) => at instanceof z.ZodObject);
  }
  const [key, ...rest] = path;
  if (key === undefined) return shape;
  const below = shape instanceof z.ZodObject ? (shape.shape as Record<PropertyKey, z.ZodType>)[key] : undefined;
  return below === undefined ? undefined : shapeAt(below, rest);
}

function namesProblem({ keys, path }: z.core.$ZodIssueUnrecognizedKeys, shape: z.ZodType): PreflightProblem[] {
  const at = shapeAt(shape, path);
  const expected = at instanceof z.ZodObject ? `: expected one of ${Object.keys(at.shape).join(', ')}` : '';
  return keys.map((key) => ({
    option: toDotPath([...path, key]),
    value: undefined,
    problem: `is no option${expected}`,
  }));
}

/** What is wrong in a value of one kind of several, but for shapes that have words of their own. */
function insideOf(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] {
  const found = issue.errors.filter(([first]) => first?.code === 'unrecognized_keys' || (first?.path.length ?? 0) > 0);
  const [only = []] = found;
  return found.length === 1 && issue.message === `expected ${expectedOf(issue) ?? ''}` ? only : [];
}

function problemsOf(issue: z.core.$ZodIssue, shape: z.ZodType, options: unknown): PreflightProblem[] {
  const { message, path } = issue;
  if (issue.code === 'unrecognized_keys') return namesProblem(issue, shape);
  const inside = issue.code === 'invalid_union' ? insideOf(issue) : [];
  if (inside.length > 0) {
    return inside.flatMap((each) => problemsOf({ ...each, path: [...path, ...each.path] }, shape, options));
  }
  const option = path.length === 0 ? 'options' : toDotPath(path);
  const given = valueAt(options, path);
  const value = given === undefined ? undefined : textOf(given);
  return [{ option, value, problem: message }];
}

/**
 * What the compiler would have refused, for who calls without one. A name that is no option would
 * do nothing, unnoticed.
 */
export function shapeProblems(shape: z.ZodType, options: unknown): PreflightProblem[] {
  const { error } = shape.safeParse(options, { error: inWords });
  return (error?.issues ?? []).flatMap((issue) => problemsOf(issue, shape, options));
}
