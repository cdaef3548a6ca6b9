import { OutputParseError } from '@quiesce/command';

/** How the rows that a command prints with `-Hp` look. */
export interface RowFormat<Column extends string> {
  /** What prints them, for messages: `zfs list`. */
  readonly what: string;
  /**
   * The columns in order. The last one may hold anything, tabs and line breaks too, if `isStart` is
   * given.
   */
  readonly columns: readonly Column[];
  /**
   * Whether a line begins a row, by its cells: where a value can hold line breaks, zfs prints them
   * as they are. A line that does not begin one continues the row before it.
   */
  readonly isStart?: (cells: readonly string[]) => boolean;
}

/** The lines of an output. */
export function outputLines(stdout: string): string[] {
  const lines = stdout.split('\n');
  // Only the end of the last row: a value that ends in line breaks has more of them.
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The cells of all rows of an output, in the order of the columns. */
function parseCells(stdout: string, { columns, isStart, what }: RowFormat<string>): string[][] {
  const last = columns.length - 1;
  const rows: string[][] = [];
  for (const line of outputLines(stdout)) {
    const cells = line.split('\t');
    const open = rows.at(-1);
    if (cells.length > last && (isStart === undefined || isStart(cells))) {
      if (cells.length > columns.length) cells.push(cells.splice(last).join('\t'));
      rows.push(cells);
    } else if (open === undefined || isStart === undefined) {
      throw new OutputParseError(`a row of ${what} is not as expected`, { text: line });
    } else open[last] = `${open[last] ?? ''}\n${line}`;
  }
  return rows;
}

/**
 * The rows of an output, by column. Where a value can hold line breaks, {@link requireRows} has to
 * follow.
 */
export function parseRows<Column extends string>(stdout: string, format: RowFormat<Column>): Record<Column, string>[] {
  return parseCells(stdout, format).map(
    (cells) =>
      Object.fromEntries(format.columns.map((column, index) => [column, cells[index]])) as Record<Column, string>,
  );
}

/**
 * Refuses rows other than those that there are, each once, by what is in front of their values.
 *
 * Whoever may set a property may write a value that looks like further rows. The true rows are
 * there all the same, so a forged one is either of something that has no row, or the second of its
 * kind.
 */
export function requireRows(what: string, found: readonly string[], expected: readonly string[]): void {
  // Mostly they come in the order in which they were named.
  if (found.length === expected.length && found.every((row, index) => row === expected[index])) return;
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
