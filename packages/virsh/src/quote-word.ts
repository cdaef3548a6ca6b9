const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * Quotes one word for the command line that virsh itself parses when it is given a single argument,
 * as in `virsh 'suspend a; suspend b'`. Between single quotes virsh, like a shell, takes every
 * character as it is.
 *
 * @example
 * ```ts
 * quoteVirshWord("it's; quit"); // "'it'\\''s; quit'"
 * ```
 */
export function quoteVirshWord(word: string): string {
  return plainWord.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
