const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * Quotes one word for a POSIX shell so that the shell hands on exactly this word.
 *
 * @example
 * ```ts
 * quoteWord("it's"); // "'it'\\''s'"
 * ```
 *
 * @see
 * {@link https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02 | Shell quoting}
 */
export function quoteWord(word: string): string {
  // `=` first in a word is expanded by zsh, a leading `~` by all: neither counts as plain.
  if (plainWord.test(word) && !word.startsWith('=')) return word;
  return inQuotes(word);
}

/** A word in single quotes, whether it needs them or not. */
export function inQuotes(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Quotes words for a POSIX shell and joins them with blanks.
 *
 * @example
 * ```ts
 * quoteWords(['zfs', 'list', 'tank/my data']); // "zfs list 'tank/my data'"
 * ```
 */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}
