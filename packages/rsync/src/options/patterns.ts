import { InvalidArgumentError } from '@quiesce/command';

function checkWord(argument: string, value: string, refused: RegExp, expected: string): string {
  // Callers without types can pass anything. A leading - is harmless: the value is one word with
  // its option.
  const given: unknown = value;
  if (typeof given !== 'string' || given === '' || given.includes('\0') || refused.test(given)) {
    throw new InvalidArgumentError({ argument, value, expected });
  }
  return value;
}

/** Checks a pattern of files to leave out. */
export function checkExclude(argument: string, value: string): string {
  // In these words rsync sees no pattern: `+ x` includes, `- x` only says exclude again, `!` drops
  // all rules before it.
  return checkWord(
    argument,
    value,
    /^[+-] |^!$/,
    'a pattern, as "*.tmp" or "/proc/*"; a rule as "+ name" goes into filters',
  );
}

/** Checks a rule in rsync's own words. */
export function checkFilter(argument: string, value: string): string {
  return checkWord(argument, value, /^\s/, 'a filter rule, as "- *.tmp" or "P /lost+found/"');
}
