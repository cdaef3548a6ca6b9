import { InvalidArgumentError } from './errors.js';

/** The rule that a value must follow to be used as one word of a command. */
export interface ArgumentGrammar {
  readonly pattern: RegExp;
  /** What a right value looks like, completing «expected …». */
  readonly expected: string;
  /** Longest value in bytes. */
  readonly maximumBytes?: number;
}

/**
 * Returns a value that follows the grammar and can't be taken for an option.
 *
 * @throws {@link InvalidArgumentError} for any other value, naming it and what would be right.
 *
 * @example
 * ```ts
 * checkArgument('name', 'tank', { pattern: /^[a-z]+$/, expected: 'small letters' });
 * ```
 */
export function checkArgument(argument: string, value: string, grammar: ArgumentGrammar): string {
  // Callers without types can pass anything.
  const text: unknown = value;
  const { maximumBytes = Number.POSITIVE_INFINITY } = grammar;
  const fits =
    typeof text === 'string' &&
    !text.startsWith('-') &&
    grammar.pattern.test(text) &&
    Buffer.byteLength(text) <= maximumBytes;
  if (!fits) throw new InvalidArgumentError({ argument, value, expected: grammar.expected });
  return value;
}

/**
 * Returns a whole number within limits.
 *
 * @throws {@link InvalidArgumentError} for any other value.
 *
 * @example
 * ```ts
 * checkInteger('sizeBytes', 1024 ** 3, { minimum: 512 });
 * ```
 */
export function checkInteger(
  argument: string,
  value: number,
  limits: { minimum?: number; maximum?: number } = {},
): number {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = limits;
  if (!Number.isSafeInteger(value) || value < minimum || value > maximum) {
    const expected = `a whole number from ${String(minimum)} to ${String(maximum)}`;
    throw new InvalidArgumentError({ argument, value, expected });
  }
  return value;
}
