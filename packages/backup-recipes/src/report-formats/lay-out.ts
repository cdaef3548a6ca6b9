/** A column of a table. */
export interface Column {
  readonly heading: string;
  readonly isNumber?: boolean;
}

/** How many characters a text has. */
function widthOf(text: string): number {
  return Array.from(text).length;
}

/**
 * Breaks a text at blanks. A word that is longer than a line stays whole, so that it can be copied.
 */
export function wrap(text: string, columns: number, indent = ''): string[] {
  const lines: string[] = [];
  const start = /^ */.exec(text)?.[0] ?? '';
  let line = '';
  for (const word of text.slice(start.length).split(' ')) {
    const prefix = lines.length === 0 ? start : indent;
    if (line !== '' && widthOf(`${prefix}${line} ${word}`) > columns) {
      lines.push(`${prefix}${line}`);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, `${lines.length === 0 ? start : indent}${line}`];
}

/**
 * A table without rules, two blanks between columns. Where it is wider than the terminal, each row
 * is a paragraph in place of that, under its first cell.
 */
export function layOutTable(table: readonly Column[], rows: readonly (readonly string[])[], columns: number): string[] {
  const all = [table.map(({ heading }) => heading), ...rows];
  const widths = table.map((_, index) => Math.max(...all.map((row) => widthOf(row[index] ?? ''))));
  const width = widths.reduce((sum, one) => sum + one + 2, -2);
  if (width > columns) return rows.flatMap((row) => paragraph(table, row, columns));
  return all.map((row) => {
    const cells = widths.map((wanted, index) => {
      const cell = row[index] ?? '';
      const filling = ' '.repeat(wanted - widthOf(cell));
      return table[index]?.isNumber === true ? filling + cell : cell + filling;
    });
    return cells.join('  ').trimEnd();
  });
}

function paragraph(table: readonly Column[], row: readonly string[], columns: number): string[] {
  const [first = '', ...others] = row;
  const facts = others.flatMap((cell, index) => (cell === '' ? [] : `${table[index + 1]?.heading ?? ''} ${cell}`));
  return [first, ...wrap(`  ${facts.join(', ')}`, columns, '  ')];
}
