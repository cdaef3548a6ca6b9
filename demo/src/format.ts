const units = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes for people, as `64.0 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1023.5) return `${String(Math.round(bytes))} B`;
  let value = bytes / 1024;
  let unit: string = units[0];
  for (const next of units.slice(1)) {
    // What would be printed as 1024.0 is 1.0 of the next.
    if (value < 1023.95) break;
    value /= 1024;
    unit = next;
  }
  return `${value.toFixed(1)} ${unit}`;
}

/** A duration for people, as `2.4 s` or `1 min 12 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}

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
