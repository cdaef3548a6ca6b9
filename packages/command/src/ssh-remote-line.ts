import type { Command } from './command.js';
import { InvalidArgumentError } from './errors.js';
import { inQuotes, quoteWords } from './quote.js';

/** What is told when the script ends before the command could run. */
const failed = (record: string): string => String.raw`printf '%s:${record};' "$quiesce_token" >&2`;

/*
 * sshd always gives the login shell one line. Ours starts `sh` with a script and the command as its
 * arguments, each word quoted. The script says on standard error, in records that begin with a
 * token no program can guess, what ssh itself does not: the process id (its process group, since
 * sshd starts a session for it), a program that does not exist, and an exit code of 255, which ssh
 * also uses for a lost connection.
 */
function script(command: Command): string {
  const environmentLines = environmentInput(command).split('\n').length - 1;
  return [
    'quiesce_token=$1 quiesce_directory=$2 quiesce_environment=; shift 2',
    // The script ends after the command, so that ssh does not take its end by a signal for a lost
    // connection.
    'trap : TERM',
    // Nobody may be there any more to hear it: then nothing starts.
    String.raw`printf '%s:pid:%s;' "$quiesce_token" "$$" >&2 || exit 126`,
    // A write outlives whoever reads what it prints.
    ...(command.stop === 'wait' ? ["trap '' PIPE"] : []),
    ...((command.cwd ?? '') === '' ? [] : [`cd -- "$quiesce_directory" || { ${failed('directory:')}; exit 126; }`]),
    ...(environmentLines === 0
      ? []
      : [
          `for quiesce_line in ${'x '.repeat(environmentLines)}; do`,
          'IFS= read -r quiesce_line || exit 126',
          "quiesce_environment=$quiesce_environment$quiesce_line'\n'",
          'done',
        ]),
    'quiesce_prepare() {',
    'eval "$quiesce_environment"',
    'export LC_ALL=C PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"',
    '}',
    // Without `exec` the shell would run a builtin of that name.
    '(quiesce_prepare; exec "$@")',
    'quiesce_code=$?',
    'case $quiesce_code in',
    `255) ${failed('exit:255')};;`,
    // The program may have said 127 itself.
    `127) case $(quiesce_prepare; command -v -- "$1") in */*) ;; *) ${failed('missing:')};; esac;;`,
    'esac',
    'exit "$quiesce_code"',
  ].join('\n');
}

/**
 * What the script reads before the command gets its input: the environment variables, in lines.
 * They would be seen in every list of processes if they stood among the words.
 */
export function environmentInput(command: Command): string {
  const settings = Object.entries(command.env ?? {}).map(([name, value]) => `${name}=${inQuotes(value)}`);
  return settings.length === 0 ? '' : `export ${settings.join(' ')}\n`;
}

// Linux takes no single argument over 128 KiB, and the login shell gets the line as one.
const maximumLineBytes = 128 * 1024 - 1;

/** The line that the login shell on the other side runs. */
export function remoteLine(command: Command, token: string): string {
  const words = ['sh', '-c', script(command), 'sh', token, command.cwd ?? '', command.file, ...command.args];
  // `exec`, so that the id that the script tells is that of the session's first process.
  const line = `exec ${quoteWords(words)}`;
  const bytes = Buffer.byteLength(line);
  if (bytes > maximumLineBytes) {
    const expected = `a command of at most ${String(maximumLineBytes)} bytes when quoted for ssh`;
    throw new InvalidArgumentError({ argument: 'args', value: `${String(bytes)} bytes`, expected });
  }
  return line;
}
