import type { Command } from './command.js';
import { InvalidArgumentError } from './errors.js';
import { quoteWords } from './quote.js';

/*
 * sshd always gives the login shell one line. Ours starts `sh` with a fixed script and the command as its arguments, each
 * word quoted. The script says on standard error, in records that begin with a token no program can guess, what ssh
 * itself does not: the process id (its process group, since sshd starts a session for it), a program that does not
 * exist, and an exit code of 255, which ssh also uses for a lost connection.
 */
const script = [
  'token=$1; directory=$2; shift 2',
  String.raw`printf '%s:pid:%s;' "$token" "$$" >&2`,
  'while [ "$1" != "$token" ]; do export "$1"; shift; done; shift',
  'PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin',
  String.raw`if [ -n "$directory" ]; then cd -- "$directory" || { printf '%s:directory:;' "$token" >&2; exit 126; }; fi`,
  String.raw`command -v -- "$1" >/dev/null || { printf '%s:missing:;' "$token" >&2; exit 127; }`,
  '"$@"',
  'code=$?',
  String.raw`[ "$code" -ne 255 ] || printf '%s:exit:255;' "$token" >&2`,
  'exit "$code"',
].join('\n');

// Linux takes no single argument over 128 KiB, and the login shell gets the line as one.
const maximumLineBytes = 128 * 1024 - 1;

/** The line that the login shell on the other side runs. */
export function remoteLine(command: Command, token: string): string {
  const environment = Object.entries({ ...command.env, LC_ALL: 'C' }).map(([name, value]) => `${name}=${value}`);
  const settings = ['sh', token, command.cwd ?? '', ...environment, token];
  const words = ['sh', '-c', script, ...settings, command.file, ...command.args];
  // `exec`, so that the id that the script tells is that of the session's first process.
  const line = `exec ${quoteWords(words)}`;
  const bytes = Buffer.byteLength(line);
  if (bytes > maximumLineBytes) {
    const expected = `a command of at most ${String(maximumLineBytes)} bytes when quoted for ssh`;
    throw new InvalidArgumentError({ argument: 'args', value: `${String(bytes)} bytes`, expected });
  }
  return line;
}
