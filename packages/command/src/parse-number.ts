import { OutputParseError } from './errors.js';

/**
 * Reads a whole number that a tool printed: bytes, counts, seconds.
 *
 * @throws {@link OutputParseError} for anything else, and for a number past
 * `Number.MAX_SAFE_INTEGER`, which would lose digits.
 *
 * @example
 * ```ts
 * parseInteger('usedBytes', '1073741824'); // 1073741824
 * ```
 */
export function parseInteger(what: string, text: string): number {
  const value = Number(text);
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new OutputParseError(`${what} is not a whole number`, { text });
  if (!Number.isSafeInteger(value)) throw new OutputParseError(`${what} is too large to be exact`, { text });
  return value;
}
