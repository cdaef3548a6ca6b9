import type { AnyRows, AnyTable, SomeRow } from '@quiesce/command';

/** An option of a method, and what it is called in the tool. */
export interface MethodOption {
  /** Its name, as `recursive`, or `zero.size` in an option of options. */
  readonly property: string;
  /** The tool's own words for it. Empty where a builder writes it, as a name at the end. */
  readonly words: readonly string[];
}

function optionsOfRow(property: string, row: SomeRow): MethodOption[] {
  if (row.kind === 'group') return optionsOfRows(row.rows, `${property}.`);
  const off = row.kind === 'flag' ? row.off : undefined;
  return [{ property, words: [row.option, off].filter((word) => word !== undefined) }];
}

const optionsOfRows = (rows: AnyRows, path = ''): MethodOption[] =>
  Object.entries(rows).flatMap(([name, row]) => optionsOfRow(`${path}${name}`, row));

/** The options of a method, each once, whichever kind of options it belongs to. */
export function optionsOf(table: AnyTable): MethodOption[] {
  const parts: readonly AnyRows[] =
    'by' in table && typeof table.by === 'string'
      ? Object.values(table.variants as Readonly<Record<string, AnyRows>>)
      : 'exclusive' in table && Array.isArray(table.exclusive)
        ? (table.exclusive as readonly AnyRows[])
        : [table as AnyRows];
  const all = parts.flatMap((rows) => optionsOfRows(rows));
  return all.filter(({ property }, index) => all.findIndex((other) => other.property === property) === index);
}
