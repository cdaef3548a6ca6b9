import { checkOptions } from './check-options.js';
import type { AnyRows, Rows, SomeRow } from './rows.js';

function withOption(option: string | undefined, word: string): string[] {
  if (option === undefined) return [];
  return /[=-]$/.test(option) ? [`${option}${word}`] : [option, word];
}

function wordOf(value: unknown, row: SomeRow): string {
  return row.kind === 'integer' ? `${String(value)}${row.unit ?? ''}` : String(value);
}

function wordsOf(value: unknown, row: SomeRow): string[] {
  switch (row.kind) {
    case 'flag': {
      const word = value === true ? row.option : row.off;
      return word === undefined ? [] : [word];
    }
    case 'integer':
    case 'text':
    case 'choice':
      return withOption(row.option, wordOf(value, row));
    case 'list':
    case 'one-or-many': {
      const items = (value as readonly unknown[]).map((item) => wordOf(item, row.each));
      if (items.length === 0) return [];
      return row.join === undefined
        ? items.flatMap((item) => withOption(row.option, item))
        : withOption(row.option, items.join(row.join));
    }
    case 'record':
      return Object.entries(value as Record<string, string>).flatMap(([name, text]) =>
        withOption(row.option, `${name}=${text}`),
      );
    case 'group':
      return argumentWords(row.rows, value as never);
    case 'other':
      return [];
  }
}

/**
 * The words that checked options become, in the order of the rows. Of a row without `option` there
 * are none: the builder writes them.
 *
 * @example
 * ```ts
 * const rows: AnyRows = { inactive: { kind: 'flag', option: '--inactive' } };
 * argumentWords(rows, { inactive: true }); // ['--inactive']
 * ```
 */
export function argumentWords(rows: AnyRows, checked: object): string[] {
  const values = new Map<string, unknown>(Object.entries(checked));
  return Object.entries(rows).flatMap(([name, row]) => (values.has(name) ? wordsOf(values.get(name), row) : []));
}

/**
 * Checks options and returns their words, where a builder needs no more.
 *
 * @throws {@link InvalidArgumentError} as {@link checkOptions} does.
 *
 * @example
 * ```ts
 * const rows: Rows<{ inactive?: boolean }> = { inactive: { kind: 'flag', option: '--inactive' } };
 * createCommand('virsh', ['dumpxml', ...checkedWords(rows, { inactive: true })]);
 * ```
 */
export function checkedWords<Options extends object>(rows: Rows<Options>, options: Options): string[] {
  const known = rows as unknown as AnyRows;
  return argumentWords(known, checkOptions<Record<string, unknown>>(known as never, options as never));
}
