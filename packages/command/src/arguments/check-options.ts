import type { CallOptions } from '../client-options.js';
import { checkInteger } from '../check-argument.js';
import { InvalidArgumentError, traceCall } from '../errors.js';
import { nearest } from './nearest.js';
import {
  isExclusive,
  isVariants,
  type AnyRows,
  type AnyTable,
  type ArgumentTable,
  type ExclusiveTable,
  type SomeRow,
  type VariantsTable,
} from './rows.js';

type Given = Readonly<Record<string, unknown>>;

/** A list where one word or a list of them was allowed. */
type Listed<Value> = [NonNullable<Value>] extends [string | readonly string[]]
  ? [Extract<Value, string>] extends [never]
    ? Value
    : [Extract<Value, readonly unknown[]>] extends [never]
      ? Value
      : readonly Extract<Value, string>[] | Extract<Value, undefined>
  : Value;

/** A copy that nothing can change any more, with a list where one word or more were allowed. */
export type Checked<Options> = Options extends unknown
  ? { readonly [Name in keyof Options]: Listed<Options[Name]> }
  : never;

/** Whether a value is an object of its own properties, and no class, list or text. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  // Those of another realm have another Object: above it there is nothing there, too.
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty');
}

function refuse(argument: string, value: unknown, expected: string): never {
  throw new InvalidArgumentError({ argument, value, expected });
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function checkList<Item>(
  argument: string,
  value: unknown,
  { mayBeEmpty, most = Number.POSITIVE_INFINITY }: { mayBeEmpty?: true; most?: number },
  check: (argument: string, value: unknown) => Item,
): readonly Item[] {
  if (!Array.isArray(value)) return refuse(argument, value, 'a list');
  // Not `map`, which passes over the holes of a list.
  const items = Array.from(value as unknown[], (item, index) => check(`${argument}[${String(index)}]`, item));
  if (items.length === 0 && mayBeEmpty !== true) refuse(argument, value, 'one value or more, or to be left out');
  if (items.length > most) refuse(argument, value, `${String(most)} values at most`);
  return Object.freeze(items);
}

function checkText(argument: string, value: unknown, row: Extract<SomeRow, { kind: 'text' }>): string {
  if (typeof value === 'string') return row.check(argument, value);
  return refuse(argument, value, `a text, as ${JSON.stringify(row.sample)}`);
}

/** Returns the value of one option where it is right. */
function checkValue(argument: string, value: unknown, row: SomeRow): unknown {
  switch (row.kind) {
    case 'flag':
      return typeof value === 'boolean' ? value : refuse(argument, value, 'true or false');
    case 'integer': {
      const { check, maximum, minimum } = row;
      const limits = { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
      const number = checkInteger(argument, value as number, limits);
      return check === undefined ? number : check(argument, number);
    }
    case 'text':
      return checkText(argument, value, row);
    case 'choice': {
      const found = row.values.find((known) => known === value);
      return found ?? refuse(argument, value, row.values.join(' or '));
    }
    case 'list':
      return checkList(argument, value, row, (place, item) => checkValue(place, item, row.each));
    case 'one-or-many': {
      if (typeof value === 'string') return Object.freeze([checkValue(argument, value, row.each)]);
      return checkList(argument, value, row, (place, item) => checkValue(place, item, row.each));
    }
    case 'record': {
      if (!isPlainObject(value)) return refuse(argument, value, 'an object with a text by each name');
      const entries = Object.entries(value).map(
        ([name, text]) => [row.name.check(argument, name), checkText(join(argument, name), text, row.value)] as const,
      );
      if (entries.length === 0 && row.mayBeEmpty !== true) refuse(argument, value, 'one name or more');
      return Object.freeze(Object.fromEntries(entries));
    }
    case 'group':
      return checkRows(argument, value, row.rows);
    case 'other':
      return row.check(argument, value);
  }
}

/** Every method takes them. */
export const callRows: Readonly<Record<keyof CallOptions, (argument: string, value: unknown) => unknown>> = {
  signal: (argument, value) => {
    // One of another realm is none of this one's AbortSignal.
    const { aborted, addEventListener } = (value ?? {}) as Partial<AbortSignal>;
    if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return value;
    return refuse(argument, value, 'an AbortSignal');
  },
  timeoutMs: (argument, value) => {
    const isTime = typeof value === 'number' && value > 0 && value < 2 ** 31;
    return isTime ? value : refuse(argument, value, 'milliseconds, more than 0 and less than 2147483648');
  },
};

type Checks = Readonly<Record<string, (argument: string, value: unknown) => unknown>>;

function checkRows(path: string, options: unknown, rows: AnyRows, calls: Checks = {}): Given {
  const known = Object.keys(rows);
  if (!isPlainObject(options)) {
    return refuse(path === '' ? 'options' : path, options, `an object with ${known.join(', ')}`);
  }
  const checked: Record<string, unknown> = {};
  // Also those that a loop over the keys would not see: they are the caller's word as well.
  for (const name of Object.getOwnPropertyNames(options)) {
    const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
    // Read once: what a getter gives the second time is not what was checked.
    const value = options[name];
    if (row === undefined && call === undefined) {
      const near = nearest(name, [...known, ...Object.keys(calls)], rows);
      const expected = near === undefined ? `one of ${known.join(', ')}` : `the name of an option, as ${near}`;
      // Without its value: under a name that was misspelt it may be a secret.
      throw new InvalidArgumentError({ argument: join(path, name), value: undefined, expected, what: 'is no option' });
    }
    if (value === undefined) {
      if (row?.guard === true) refuse(join(path, name), value, 'a value: without one nothing would be kept');
      continue;
    }
    checked[name] = row === undefined ? call?.(name, value) : checkValue(join(path, name), value, row);
  }
  for (const [name, { required }] of Object.entries(rows)) {
    if (required === true && !Object.hasOwn(checked, name)) refuse(join(path, name), undefined, 'a value');
  }
  return Object.freeze(checked);
}

/** The first option of rows that must be given: what tells them from others. */
function headOf(rows: AnyRows): string {
  return Object.entries(rows).find(([, { required }]) => required === true)?.[0] ?? '';
}

function rowsBy(options: Given, { by, variants }: VariantsTable): AnyRows {
  const value = options[by];
  const kinds = Object.keys(variants);
  const found = typeof value === 'string' && kinds.includes(value) ? variants[value] : undefined;
  return found ?? refuse(by, value, kinds.join(' or '));
}

function exclusiveRows(options: Given, { exclusive }: ExclusiveTable): AnyRows {
  const found = exclusive.find((rows) => options[headOf(rows)] !== undefined);
  const heads = exclusive.map(headOf);
  if (found === undefined) return refuse(heads[0] ?? '', undefined, `${heads.join(' or ')} to be given`);
  const others = new Set(exclusive.flatMap((rows) => Object.keys(rows)));
  for (const name of Object.keys(options)) {
    if (others.has(name) && !Object.hasOwn(found, name)) refuse(name, options[name], `none beside ${headOf(found)}`);
  }
  return found;
}

function rowsFor(options: unknown, table: AnyTable): AnyRows {
  if (isVariants(table)) return rowsBy(requirePlain(options), table);
  return isExclusive(table) ? exclusiveRows(requirePlain(options), table) : table;
}

function requirePlain(options: unknown): Given {
  return isPlainObject(options) ? options : refuse('options', options, 'an object with options');
}

/**
 * Checks the options of a method by its table, before anything runs.
 *
 * @returns a copy that is frozen, holds no option that is undefined, and is all that a builder may
 * look at.
 * @throws {@link InvalidArgumentError} for an option that there is not, with the nearest that there
 * is, and for a value of the wrong type at any depth.
 *
 * @example
 * ```ts
 * const rows: Rows<{ inactive?: boolean }> = { inactive: { kind: 'flag', option: '--inactive' } };
 * const { inactive = false } = checkOptions(rows, { inactive: true });
 * ```
 */
export function checkOptions<Options>(table: ArgumentTable<Options>, options: Options): Checked<Options> {
  try {
    const rows = rowsFor(options, table);
    return checkRows('', options, rows, callRows) as Checked<Options>;
  } catch (error) {
    traceCall(error, checkOptions);
    throw error;
  }
}

/**
 * Checks what something is made with, as a client or a transport, by its rows: those of a call are
 * no options there.
 *
 * @throws {@link InvalidArgumentError} as {@link checkOptions} does.
 */
export function checkSettings<Settings extends object>(rows: AnyRows, settings: Settings): Settings {
  try {
    return checkRows('', settings, rows) as Settings;
  } catch (error) {
    traceCall(error, checkSettings);
    throw error;
  }
}
