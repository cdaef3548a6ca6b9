import type { Command } from '@quiesce/command';

/** A word of a command that may be run: this one, or any that a pattern matches as a whole. */
export type AllowedWord = string | { readonly matching: string };

/** A command that may be run as root. */
export interface AllowedCommand {
  /** The name of the program, then its arguments, one word each. */
  readonly words: readonly AllowedWord[];
  /** Whether any other words may follow. */
  readonly rest: boolean;
}

/** Any command of a program. */
export function anyOf(program: string): AllowedCommand {
  return { words: [program], rest: true };
}

/** A command as it is. */
export function exactly({ args, file }: Command): AllowedCommand {
  return { words: [file, ...args], rest: false };
}

const forPattern = (text: string): string => text.replaceAll(/[\\^$.[\]|()*+?{}]/g, String.raw`\$&`);

/**
 * A command in which some texts stand for what differs from run to run.
 *
 * @param samples - Those texts, with extended regular expressions of what may stand there.
 */
export function varying({ args, file }: Command, samples: Readonly<Record<string, string>>): AllowedCommand {
  const isSample = (text: string): boolean => Object.hasOwn(samples, text);
  const splitter = new RegExp(`(${Object.keys(samples).map(forPattern).join('|')})`);
  const words = args.map((word) => {
    const parts = word.split(splitter);
    if (!parts.some(isSample)) return word;
    return { matching: parts.map((part) => (isSample(part) ? `(${samples[part] ?? ''})` : forPattern(part))).join('') };
  });
  return { words: [file, ...words], rest: false };
}
