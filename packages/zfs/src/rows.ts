import { OutputParseError } from '@quiesce/command';

/** How the rows that a command prints with `-Hp` look. */
export interface RowFormat<Column extends string> {
  /** What prints them, for messages: `zfs list`. */
  readonly what: string;
  /** The columns in order. The last one may hold anything, tabs and line breaks too, if `start` is given. */
  readonly columns: readonly Column[];
  /**
   * What a row begins with, where a value can hold line breaks: zfs prints them as they are. A line that does not begin
   * so continues the row before it.
   */
  readonly start?: RegExp;
  /**
   * The columns that no two rows have in common.
   * @default none
   */
  readonly key?: readonly Column[];
}

function records(stdout: string, start: RegExp | undefined): string[] {
  const lines = stdout.split('\n');
  // Only the end of the last row: a value that ends in line breaks has more of them.
  if (lines.at(-1) === '') lines.pop();
  if (start === undefined) return lines;
  const found: string[][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last === undefined || start.test(line)) found.push([line]);
    else last.push(line);
  }
  return found.map((parts) => parts.join('\n'));
}

/**
 * Reads the rows of a command run with `-Hp`.
 *
 * Whoever may set a property may write a value that looks like rows of another dataset. Such a row comes beside the true
 * one, so two rows with one key are refused, not believed.
 */
export function parseRows<Column extends string>(stdout: string, format: RowFormat<Column>): Record<Column, string>[] {
  const { what, columns, start, key = [] } = format;
  const seen = new Set<string>();
  return records(stdout, start).map((record) => {
    const cells = record.split('\t');
    if (cells.length < columns.length || start?.test(record) === false) {
      throw new OutputParseError(`a row of ${what} is not as expected`, { text: record });
    }
    const last = columns.length - 1;
    const values = [...cells.slice(0, last), cells.slice(last).join('\t')];
    const row = Object.fromEntries(columns.map((column, index) => [column, values[index]])) as Record<Column, string>;
    const identity = key.map((column) => row[column]).join('\t');
    if (key.length > 0 && seen.has(identity))
      throw new OutputParseError(`${what} names something twice`, { text: record });
    seen.add(identity);
    return row;
  });
}

/** Refuses a row about a dataset that is not one of those asked for, or below one of them. */
export function requireAsked(what: string, asked: readonly string[], name: string): void {
  const isAsked = (dataset: string): boolean =>
    name === dataset || (name.startsWith(dataset) && /^[/@#]/.test(name.slice(dataset.length)));
  if (asked.length > 0 && !asked.some(isAsked)) {
    throw new OutputParseError(`${what} names a dataset that was not asked for`, { text: name });
  }
}

/** The text of a cell, undefined for the `-` of what is not there. */
export function unset(text: string): string | undefined {
  return text === '-' ? undefined : text;
}
