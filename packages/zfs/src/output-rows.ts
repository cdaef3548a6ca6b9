import { OutputParseError } from '@quiesce/command';

/** How the rows that a command prints with `-Hp` look. */
export interface RowFormat<Column extends string> {
  /** What prints them, for messages: `zfs list`. */
  readonly what: string;
  /**
   * The columns in order. The last one may hold anything, tabs and line breaks too, if `start` is
   * given.
   */
  readonly columns: readonly Column[];
  /**
   * What a row begins with, where a value can hold line breaks: zfs prints them as they are. A line
   * that does not begin so continues the row before it.
   */
  readonly start?: RegExp;
}

/** The lines of an output. */
export function outputLines(stdout: string): string[] {
  const lines = stdout.split('\n');
  // Only the end of the last row: a value that ends in line breaks has more of them.
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function records(stdout: string, start: RegExp | undefined): string[] {
  const lines = outputLines(stdout);
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
 * Reads the rows of a command run with `-Hp`. Where a value can hold line breaks,
 * {@link requireRows} has to follow.
 */
export function parseRows<Column extends string>(stdout: string, format: RowFormat<Column>): Record<Column, string>[] {
  const { what, columns, start } = format;
  return records(stdout, start).map((record) => {
    const cells = record.split('\t');
    if (cells.length < columns.length || start?.test(record) === false) {
      throw new OutputParseError(`a row of ${what} is not as expected`, { text: record });
    }
    const last = columns.length - 1;
    const values = [...cells.slice(0, last), cells.slice(last).join('\t')];
    return Object.fromEntries(columns.map((column, index) => [column, values[index]])) as Record<Column, string>;
  });
}

/**
 * Refuses rows other than those that there are, each once, by what is in front of their values.
 *
 * Whoever may set a property may write a value that looks like further rows. The true rows are
 * there all the same, so a forged one is either of something that has no row, or the second of its
 * kind.
 */
export function requireRows(what: string, found: readonly string[], expected: Iterable<string>): void {
  const missing = new Set(expected);
  for (const row of found) {
    if (!missing.delete(row)) throw new OutputParseError(`${what} prints a row too many`, { text: row });
  }
  const [first] = missing;
  if (first !== undefined) throw new OutputParseError(`${what} leaves out a row`, { text: first });
}

/** The text of a cell, undefined for the `-` of what is not there. */
export function unset(text: string): string | undefined {
  return text === '-' ? undefined : text;
}
