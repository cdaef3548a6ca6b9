/** What rsync said of a copy that it ended with exit code 0. */
export interface CopyWarnings {
  /** Something was not copied. */
  readonly notCopied: readonly string[];
  /**
   * The copy is not in all as its source is, as where a folder that is gone could not be removed.
   */
  readonly others: readonly string[];
}

/** Sorts what rsync said. */
export function sortWarnings(warnings: readonly string[]): CopyWarnings {
  const notCopied = warnings.filter((line) => /^(?:IO error encountered -- )?skipping |has no referent/.test(line));
  return { notCopied, others: warnings.filter((line) => !notCopied.includes(line)) };
}

/** A list of names or sentences for a message: the first ten, and how many more there are. */
export function firstOf(lines: readonly string[]): string {
  const more = lines.length - 10;
  return `${lines.slice(0, 10).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
