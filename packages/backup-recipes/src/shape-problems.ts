import { isPlainObject } from '@quiesce/command';
import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import type { PreflightProblem } from './preflight-error.js';

type Path = readonly PropertyKey[];

function valueAt(options: unknown, path: Path): unknown {
  let value = options;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

const longestText = 200;

/** A value as a problem tells it. Nothing of what it does or holds, which may be a secret. */
function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'undefined':
      return undefined;
    case 'function':
      return 'a function';
    case 'object':
      if (Array.isArray(value)) return 'a list';
      if (value instanceof Date) return String(value);
      return value === null ? 'null' : 'an object';
    case 'string':
      return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
    default:
      return String(value);
  }
}

/** A number. NaN is one too: what is wrong with it is told with the limits. */
export const numberShape: z.ZodType<number> = z.custom<number>(
  (value) => typeof value === 'number',
  'expected a number',
);

const isTransport = (value: unknown): boolean =>
  typeof value === 'object' &&
  typeof valueAt(value, ['name']) === 'string' &&
  typeof valueAt(value, ['start']) === 'function';

/** The shape of the option `transport` of every recipe. */
export const transportShape: z.ZodType = z.custom(isTransport, 'expected a transport, as localTransport()').optional();

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
      return issue.values.map(String).join(' or ');
    case 'invalid_union':
      return issue.errors.map(([first]) => (first === undefined ? undefined : expectedOf(first))).join(' or ');
    default:
      return undefined;
  }
}

function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const expected = expectedOf(issue);
  return expected === undefined ? undefined : `expected ${expected}`;
}

/** The part of a shape that is about what stands at a place. */
function shapeAt(shape: z.ZodType, path: Path): z.ZodType | undefined {
  if (shape instanceof z.ZodOptional) return shapeAt(shape.unwrap() as z.ZodType, path);
  const [key, ...rest] = path;
  if (key === undefined) return shape;
  const below = shape instanceof z.ZodObject ? (shape.shape as Record<PropertyKey, z.ZodType>)[key] : undefined;
  return below === undefined ? undefined : shapeAt(below, rest);
}

/** The kinds of options that a value may be meant to be: it has all that they require. */
function kindsOf(shape: unknown, value: unknown): readonly z.ZodObject[] {
  if (shape instanceof z.ZodUnion) return shape.options.flatMap((each) => kindsOf(each, value));
  if (!(shape instanceof z.ZodObject) || !isPlainObject(value)) return [];
  const lacks = Object.entries(shape.shape).some(
    ([name, each]) => !(each instanceof z.ZodOptional) && value[name] === undefined,
  );
  return lacks ? [] : [shape];
}

/** The only kind of options that a value may be meant to be. */
function kindOf(shape: unknown, value: unknown): z.ZodObject | undefined {
  const found = kindsOf(shape, value);
  return found.length === 1 ? found[0] : undefined;
}

/** What is said of a place: the shape of all there, and where it stands. */
interface Place {
  readonly shape: z.ZodType;
  readonly value: unknown;
  readonly above: Path;
}

function problemsOf(issue: z.core.$ZodIssue, { above, shape, value }: Place): PreflightProblem[] {
  const path = [...above, ...issue.path];
  const given = valueAt(value, issue.path);
  const at = shapeAt(shape, issue.path);
  const kind = kindOf(at, given);
  if (issue.code === 'unrecognized_keys') {
    const expected = kind === undefined ? '' : `: expected one of ${Object.keys(kind.shape).join(', ')}`;
    const problem = `is no option${expected}`;
    return issue.keys.map((key) => ({ option: toDotPath([...path, key]), value: undefined, problem }));
  }
  if (issue.code === 'invalid_union' && at instanceof z.ZodUnion && kind !== undefined) {
    const inside = issue.errors[at.options.indexOf(kind)];
    if (inside !== undefined) {
      return inside.flatMap((each) => problemsOf(each, { above: path, shape: kind, value: given }));
    }
  }
  const option = path.length === 0 ? 'options' : toDotPath(path);
  const problem = given === undefined ? `is missing: ${issue.message}` : issue.message;
  // A transport may be a text with a password in it.
  return [{ option, value: path.at(-1) === 'transport' ? undefined : textOf(given), problem }];
}

/**
 * What the compiler would have refused, for who calls without one. A name that is no option would
 * do nothing, unnoticed.
 */
export function shapeProblems(shape: z.ZodType, options: unknown): PreflightProblem[] {
  // A Map, for one, would be taken for an object without options.
  if (typeof options === 'object' && options !== null && !isPlainObject(options)) {
    return [{ option: 'options', value: textOf(options), problem: 'expected a plain object with options' }];
  }
  const { error } = shape.safeParse(options, { error: inWords });
  return (error?.issues ?? []).flatMap((issue) => problemsOf(issue, { above: [], shape, value: options }));
}
