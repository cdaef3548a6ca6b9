import { InvalidArgumentError } from '@quiesce/command';

const mode = String.raw`[DF]?(?:0?[0-7]{1,4}|[ugoa]*(?:[-+][rwxXst]+|=[rwxXst]*|[-+=][ugo]))`;
const modes = new RegExp(`^${mode}(?:,${mode})*$`);

/** Checks modes that permissions are changed by, one or several with commas between them. */
export function checkModes(argument: string, value: string): string {
  // A leading - is harmless: the value is one word with its option.
  if (modes.test(value)) return value;
  const expected = 'modes of chmod, each perhaps after D for directories or F for all else, as "D755,Fgo-w"';
  throw new InvalidArgumentError({ argument, value, expected });
}
