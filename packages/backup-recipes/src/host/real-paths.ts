import { createCommand, OutputParseError, type Command } from '@quiesce/command';

/**
 * Tells where paths lead that have symbolic links in them. The paths go by the standard input. See
 * realpath(1) and xargs(1).
 *
 * @param options - With `missing`, paths may be of what is not there yet.
 */
export function realPathsCommand(options: { paths: readonly string[]; missing?: boolean }): Command {
  const stdin = options.paths.map((path) => `${path}\0`).join('');
  const canonicalize = options.missing === true ? '--canonicalize-missing' : '--canonicalize-existing';
  const words = ['--null', '--no-run-if-empty', 'realpath', canonicalize, '--zero', '--'];
  return createCommand('xargs', words, { stdin, effect: 'read' });
}

/**
 * Reads what {@link realPathsCommand} prints: for each path that it was given, in that order, where
 * it leads.
 */
export function parseRealPaths(stdout: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const found = stdout.split('\0').slice(0, -1);
  if (found.length !== paths.length)
    throw new OutputParseError('realpath did not tell of every path', { text: stdout });
  return new Map(paths.map((path, index) => [path, found[index] ?? path]));
}
