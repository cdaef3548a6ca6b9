import { describe, expect, it } from 'vitest';
import { argumentWords } from '../arguments/argument-words.js';
import type { MethodRow } from '../arguments/method-table.js';
import { isExclusive, isVariants, type AnyRows, type AnyTable, type SomeRow } from '../arguments/rows.js';
import { InvalidArgumentError } from '../errors.js';
import type { Transport } from '../transport.js';
import { callMethod, requiredOf, sampleOf, type Options } from './method-samples.js';
import { scriptedTransport } from './scripted-transport.js';

/** What {@link describeEachOption} has to be told of a client. */
export interface EachOptionSettings {
  /** Makes the client with a transport that only counts. */
  readonly createClient: (transport: Transport) => object;
  /** What else has to be given with an option, by the method and the option: `sync.delete`. */
  readonly alongWith?: Readonly<Record<string, object>>;
  /** Options that change no word of the command, as what is made of its exit code. */
  readonly withoutWords?: readonly string[];
}

const partsOf = (table: AnyTable): readonly AnyRows[] =>
  isVariants(table) ? Object.values(table.variants) : isExclusive(table) ? table.exclusive : [table];

/** The words of one option alone, where the tables know them. */
function wordsOf(name: string, row: SomeRow): string[] {
  const value = row.kind === 'one-or-many' ? [sampleOf(row)] : sampleOf(row);
  return argumentWords({ [name]: row }, { [name]: value });
}

/**
 * Gives every method of a client each of its options once, with the sample of its row: the words of
 * the option have to be in the command, and without the option the command is another one.
 *
 * @param methods - The row of each method, by the method's path: `list`, `pool.status`.
 */
export function describeEachOption(
  methods: Readonly<Record<string, MethodRow>>,
  { alongWith = {}, createClient, withoutWords = [] }: EachOptionSettings,
): void {
  const commandOf = async (method: string, options: object): Promise<string> => {
    const transport = scriptedTransport(() => ({}));
    // That nothing was printed may be a failure of its own. What was run is all that counts.
    const outcome: unknown = await callMethod(createClient(transport), method, options).catch(
      (error: unknown) => error,
    );
    if (InvalidArgumentError.isInstance(outcome)) throw outcome;
    return transport.commands.map(({ args }) => args.join(' ')).join('\n');
  };
  const cases = Object.entries(methods).flatMap(([method, { rows: table }]) =>
    partsOf(table).flatMap((rows) => Object.entries(rows).map(([name, row]) => ({ method, name, row, rows }))),
  );
  describe('each option once', () => {
    it.each(cases)('$method: $name', async ({ method, name, row, rows }) => {
      const path = `${method}.${name}`;
      const base = { ...requiredOf(rows), ...alongWith[path] };
      const command = await commandOf(method, { ...base, [name]: sampleOf(row) });
      for (const word of wordsOf(name, row)) expect(command).toContain(word);
      if (row.required === true || withoutWords.includes(path)) return;
      const { [name]: _, ...without } = base as Options;
      // That it is refused without the option is a difference too.
      const plain = await commandOf(method, without).catch(() => 'refused');
      // Of a flag that is on by itself only false is seen.
      const off =
        row.kind === 'flag' ? await commandOf(method, { ...base, [name]: false }).catch(() => plain) : command;
      expect([command, off].every((text) => text === plain)).toBe(false);
    });
  });
}
