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

/** Checks a text that is a part of its option's word. */
export function checkText(argument: string, value: string, expected: string, pattern?: RegExp): string {
  const given: unknown = value;
  if (typeof given === 'string' && (pattern ?? /^[^\0\r\n]+$/).test(given)) return value;
  throw new InvalidArgumentError({ argument, value, expected });
}

/** Checks the end of a file's name, as rsync takes it in a list with slashes between. */
export const checkSuffix = (argument: string, value: string): string =>
  checkText(argument, value, 'the end of a name without its dot, as "gz"', /^[^\0/\r\n]+$/);

/** Checks what is put at the end of the names of files that are kept. */
export const checkBackupSuffix = (argument: string, value: string): string =>
  checkText(argument, value, 'the end of a name, without a slash, as ".old"', /^[^\0/]+$/);

/** Checks an option that only the other end gets. */
export const checkRemoteOption = (argument: string, value: string): string =>
  checkText(argument, value, 'one option in one word, as "--fake-super" or "--log-file=/x"', /^-[^\0\r\n]+$/);
