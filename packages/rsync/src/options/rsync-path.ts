import { InvalidArgumentError, quoteWords } from '@quiesce/command';

/** Checks the program that is run on the other machine, or its words. */
export function checkRsyncPath(argument: string, value: unknown): readonly string[] {
  const words: unknown[] = Array.isArray(value) ? value : [value];
  const [program] = words;
  const isGood = (word: unknown): word is string => typeof word === 'string' && word !== '' && !word.includes('\0');
  if (words.every(isGood) && typeof program === 'string' && !program.startsWith('-')) return Object.freeze([...words]);
  const expected = 'the name or path of a program, or a list of words as ["sudo", "rsync"]';
  throw new InvalidArgumentError({ argument, value, expected });
}

/** The words of the program as one, for the remote shell. */
export const rsyncPathWord = (words: string | readonly string[]): string =>
  quoteWords(typeof words === 'string' ? [words] : words);
