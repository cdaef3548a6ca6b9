import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors.js';
import type { Transport } from '../transport.js';
import { callMethod, requiredOf, sampleOf, type Options } from './method-samples.js';
import { scriptedTransport } from './scripted-transport.js';
import type { MethodRow } from '../arguments/method-table.js';
import { isExclusive, isVariants, type AnyRows, type AnyTable, type SomeRow } from '../arguments/rows.js';

/** Options that a method must refuse, and which of them is wrong. */
interface WrongOptions {
  /** What is wrong, in words. */
  readonly what: string;
  readonly options: unknown;
  /** What the error names: the path begins with it. */
  readonly argument: string;
}

// What people without a compiler give: a text for a number, one for many, what another tool calls
// it.
const anything: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol('x')],
  ...['', 'false', 'no', '1', 'a\0b', [], [''], [null], [undefined], [['a']], [{}], [1.5], {}, { a: 1 }, { a: null }],
  ...[new Date(0), new Map(), /x/, () => 'x'],
];

/** Whether a value could be right for an option, by its kind alone: then it is not tried. */
function mayBeRight(value: unknown, row: SomeRow): boolean {
  switch (row.kind) {
    case 'flag':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'text':
      return typeof value === 'string' && value !== '' && !value.includes('\0');
    case 'choice':
      return row.values.includes(value as string);
    case 'list':
      return (
        Array.isArray(value) &&
        (value.length === 0 ? row.mayBeEmpty === true : value.every((item) => mayBeRight(item, row.each)))
      );
    case 'one-or-many':
      return (
        mayBeRight(value, row.each) ||
        (Array.isArray(value) &&
          (value.length === 0 ? row.mayBeEmpty === true : value.every((item) => mayBeRight(item, row.each))))
      );
    case 'record':
      return row.mayBeEmpty === true && value?.constructor === Object && Object.keys(value).length === 0;
    case 'group':
      return false;
    case 'other':
      return ![null, Number.NaN].includes(value as null) && !['symbol', 'function', 'bigint'].includes(typeof value);
  }
}

function nameOf(value: unknown): string {
  if (typeof value === 'string' || Array.isArray(value)) return JSON.stringify(value);
  return Object.prototype.toString.call(value).slice(8, -1) + ` ${String(value)}`;
}

/** Names that are nearly those of an option. */
function misspelt(name: string): string[] {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return [snake, name.toLowerCase(), `${name}s`, name.slice(0, -1), name.toUpperCase()];
}

function wrongRows(rows: AnyRows, base: Options): WrongOptions[] {
  const names = Object.keys(rows);
  return Object.entries(rows).flatMap(([name, row]) => {
    const values = anything.filter((value) => !mayBeRight(value, row));
    const { [name]: _left, ...without } = base;
    return [
      ...values.map((value) => ({
        what: `${name}: ${nameOf(value)}`,
        options: { ...base, [name]: value },
        argument: name,
      })),
      ...misspelt(name)
        .filter((other) => !names.includes(other) && other.length > 2)
        .map((other) => ({
          what: `${other} in place of ${name}`,
          options: { ...base, [other]: sampleOf(row) },
          argument: other,
        })),
      ...(row.required === true ? [{ what: `no ${name}`, options: without, argument: '' }] : []),
      ...(row.guard === true
        ? [{ what: `${name}: undefined`, options: { ...base, [name]: undefined }, argument: name }]
        : []),
    ];
  });
}

/**
 * Every option of a method with every wrong value, and every misspelt name: each must be refused
 * with an `InvalidArgumentError` before anything runs.
 */
function wrongOptions(table: AnyTable): WrongOptions[] {
  const parts = isVariants(table) ? Object.values(table.variants) : isExclusive(table) ? table.exclusive : [table];
  const calls = [
    { what: 'timeoutMs: a text', timeoutMs: '5' },
    { what: 'timeoutMs: 0', timeoutMs: 0 },
    { what: 'signal: an object', signal: {} },
    { what: 'timeout_ms', timeout_ms: 5 },
  ];
  return [
    ...[null, 'text', 5, true, [], ['text'], new Date(0), () => 'x'].map((options) => ({
      what: `options: ${nameOf(options)}`,
      options,
      argument: '',
    })),
    ...parts.flatMap((rows) => {
      const base = requiredOf(rows);
      const told = calls.map(({ what, ...call }) => ({
        what,
        options: { ...base, ...call },
        argument: Object.keys(call)[0] ?? '',
      }));
      return [...wrongRows(rows, base), ...told];
    }),
  ];
}

async function outcomeOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error;
  }
}

/**
 * Gives every method of a client every wrong option: each must be refused with an
 * `InvalidArgumentError` that names the option, before anything runs.
 *
 * @param tables - The row of each method, by the method's path: `list`, `pool.status`.
 * @param createClient - Makes the client with a transport that only counts.
 */
export function describeWrongOptions(
  tables: Readonly<Record<string, MethodRow>>,
  createClient: (transport: Transport) => object,
): void {
  describe.each(Object.entries(tables))('%s', (method, { rows }) => {
    it('refuses every wrong option before anything runs', async () => {
      const transport = scriptedTransport(() => ({}));
      const wrong = wrongOptions(rows);
      const accepted: string[] = [];
      for (const { argument, options, what } of wrong) {
        const error = await outcomeOf(() => callMethod(createClient(transport), method, options));
        const isRefused = InvalidArgumentError.isInstance(error) && error.argument.startsWith(argument);
        if (!isRefused) accepted.push(`${what}: ${String(error)}`);
      }
      expect({ accepted, ran: transport.commands }).toEqual({ accepted: [], ran: [] });
      expect(wrong.length).toBeGreaterThan(10);
    });
  });
}
