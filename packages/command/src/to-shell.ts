import type { Command } from './command.js';
import { inQuotes, quoteWord, quoteWords } from './quote.js';

/**
 * Renders a command as one line that a POSIX shell would run the same way: for plans, logs and
 * people. Nothing in this package ever runs that line. Standard input that the command carries is
 * not shown.
 *
 * @example
 * ```ts
 * toShell(createCommand('zfs', ['destroy', 'tank/my data'])); // "zfs destroy 'tank/my data'"
 * ```
 */
export function toShell(command: Command): string {
  const environment = Object.entries(command.env ?? {}).map(([name, value]) => `${name}=${quoteWord(value)}`);
  // A word with `=` in front would be read as an assignment.
  const file = command.file.includes('=') ? inQuotes(command.file) : quoteWord(command.file);
  const line = [...environment, file, ...(command.args.length > 0 ? [quoteWords(command.args)] : [])].join(' ');
  return command.cwd === undefined ? line : `(cd -- ${quoteWord(command.cwd)} && ${line})`;
}

const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * Makes text fit one line of a log: no control characters, no passwords in addresses, not longer
 * than a limit.
 */
export function oneLine(text: string, maximumLength = 300): string {
  const line = text
    .replaceAll(controlCharacters, ' ')
    .replaceAll(/(\w+:\/\/[^\s:@/]+):[^\s@/]+@/g, '$1:***@')
    .trim();
  return line.length <= maximumLength ? line : `${line.slice(0, maximumLength - 1)}…`;
}

/** A command for a message: one redacted line, without the values of environment variables. */
export function describeCommand(command: Command): string {
  return oneLine(quoteWords([command.file, ...command.args]));
}
