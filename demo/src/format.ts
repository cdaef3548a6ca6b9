/** A bar that is filled as far as the percentage says. */
export function formatBar(percent: number, width: number): string {
  const filled = Math.round((Math.min(100, Math.max(0, percent)) / 100) * width);
  return '#'.repeat(filled) + '.'.repeat(width - filled);
}

/** How the cells of a column are aligned. */
export type Alignment = 'left' | 'right';

/** A table without rules: columns as wide as they need to be, two blanks between them. */
export function formatTable(alignments: readonly Alignment[], rows: readonly (readonly string[])[]): string[] {
  const widths = alignments.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => {
    const cells = widths.map((width, column) => {
      const cell = row[column] ?? '';
      return alignments[column] === 'right' ? cell.padStart(width) : cell.padEnd(width);
    });
    return cells.join('  ').trimEnd();
  });
}
