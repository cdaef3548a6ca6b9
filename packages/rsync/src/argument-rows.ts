import { checkInteger, InvalidArgumentError } from '@quiesce/command';
import { checkPath } from './paths.js';

/** How one property becomes words of the command line. */
export interface ArgumentRow<Value> {
  /** rsync's name of the option. */
  readonly option: string;
  /** Checks a value and returns its words. `argument` is the property's name, for the error. */
  readonly build: (value: Value, argument: string) => readonly string[];
}

function checkBoolean(argument: string, value: boolean): boolean {
  // Callers without types can pass anything.
  const given: unknown = value;
  if (typeof given !== 'boolean') throw new InvalidArgumentError({ argument, value, expected: 'true or false' });
  return value;
}

/**
 * Checks each value of a list, naming it by its place: `excludes[1]`.
 *
 * @throws `InvalidArgumentError` for what is no list.
 */
export function checkEach(
  argument: string,
  values: readonly string[],
  check: (argument: string, value: string) => string,
): string[] {
  const given: unknown = values;
  if (!Array.isArray(given)) throw new InvalidArgumentError({ argument, value: values, expected: 'a list' });
  return values.map((value, index) => check(`${argument}[${String(index)}]`, value));
}

/** On or not given. */
export function flag(option: string): ArgumentRow<boolean> {
  return { option, build: (value, argument) => (checkBoolean(argument, value) ? [option] : []) };
}

/** On, off (`--no-…`), or as rsync decides. */
export function toggle(option: string): ArgumentRow<boolean> {
  const off = option.replace(/^--/, '--no-');
  return { option, build: (value, argument) => [checkBoolean(argument, value) ? option : off] };
}

/** A whole number. */
export function integer(
  option: string,
  { unit = '', ...limits }: { minimum?: number; maximum?: number; unit?: string } = {},
): ArgumentRow<number> {
  return { option, build: (value, argument) => [`${option}=${String(checkInteger(argument, value, limits))}${unit}`] };
}

/** A path on the machine where rsync runs. */
export function path(option: string): ArgumentRow<string> {
  return { option, build: (value, argument) => [`${option}=${checkPath(argument, value)}`] };
}

/** Any number of values, each with the option in front. */
export function each(
  option: string,
  check: (argument: string, value: string) => string,
): ArgumentRow<readonly string[]> {
  return {
    option,
    build: (values, argument) => checkEach(argument, values, check).map((value) => `${option}=${value}`),
  };
}
