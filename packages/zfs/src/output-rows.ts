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

/** Puts the lines of an output together to rows, as they come. */
export interface RowReader {
  /** The cells of each row that these lines finish. */
  push(lines: readonly string[]): string[][];
  /** Those of the row that the output ended with, if it was not finished. */
  end(): string[][];
}

/**
 * Makes the reader of one output. Where a value can hold line breaks, {@link requireRows} has to
 * follow.
 */
export function rowReader({ columns, isStart, what }: RowFormat<string>): RowReader {
  const last = columns.length - 1;
  let open: string[] | undefined;
  const refuse = (text: string): never => {
    throw new OutputParseError(`a row of ${what} is not as expected`, { text });
  };
  return {
    push(lines) {
      const rows: string[][] = [];
      for (const line of lines) {
        const cells = line.split('\t');
        const begins = cells.length > last && (isStart === undefined || isStart(cells));
        if (begins) {
          if (cells.length > columns.length) cells.push(cells.splice(last).join('\t'));
          if (open !== undefined) rows.push(open);
          if (isStart === undefined) rows.push(cells);
          else open = cells;
        } else if (open === undefined || isStart === undefined) refuse(line);
        else open[last] = `${open[last] ?? ''}\n${line}`;
      }
      return rows;
    },
    end() {
      const rows = open === undefined ? [] : [open];
      open = undefined;
      return rows;
    },
  };
}

/** The cells of all rows of an output, in the order of the columns. */
export function parseCells(stdout: string, format: RowFormat<string>): string[][] {
  const reader = rowReader(format);
  const rows = reader.push(outputLines(stdout));
  rows.push(...reader.end());
  return rows;
}

/** The rows of an output, by column. */
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
