import { createCommand, ExitError, InvalidArgumentError, mapExitError, OutputParseError } from '@quiesce/command';
import type { CallOptions, Command } from '@quiesce/command';
import { virshErrors } from './error-rules.js';
import { quoteVirshWord } from './quote-word.js';

/** What {@link Virsh.batch} takes. */
export interface BatchOptions extends CallOptions {
  /** What to run, in this order: what this package's builders return. */
  readonly commands: readonly Command[];
}

/** How one command of a batch ended. */
export interface BatchResult {
  /** The command as it was given. */
  readonly command: Command;
  /** What it printed: for the parser of that command. */
  readonly stdout: string;
  /** What the method of that command would have thrown. Undefined where it succeeded. */
  readonly error: ExitError | undefined;
}

/** They would end the batch, or take the connection from the commands after them. */
const refused: readonly string[] = ['connect', 'exit', 'quit'];
const subcommand = /^[a-z][a-z0-9-]*$/;
// Linux takes 128 KiB for one word, and a shell on the way there quotes it once more.
const maximumBytes = 65_536;

function checkBatched({ file, args, env, cwd, stdin }: Command, index: number): readonly string[] {
  const [verb = ''] = args;
  const plain = file === 'virsh' && env === undefined && cwd === undefined && stdin === undefined;
  if (!plain || !subcommand.test(verb) || refused.includes(verb)) {
    const value = [file, ...args].join(' ');
    const expected = 'a command as the builders of this package make it';
    throw new InvalidArgumentError({ argument: `commands[${index}]`, value, expected });
  }
  return args;
}

/**
 * Renders a command as one line of virsh's own language: for a virsh that reads its standard input, or that is given a
 * single argument.
 *
 * @throws `InvalidArgumentError` for a command that the builders of this package don't make.
 *
 * @example
 * ```ts
 * toVirshLine(suspendCommand({ domain: 'my guest' })); // "suspend '--domain=my guest'"
 * ```
 */
export function toVirshLine(command: Command): string {
  return lineOf(command, 0);
}

function lineOf(command: Command, index: number): string {
  return checkBatched(command, index).map(quoteVirshWord).join(' ');
}

/**
 * Builds the command of {@link Virsh.batch}: one virsh, so one connection, for all of them.
 *
 * @param marker - Text without blanks that is printed after each command, on both outputs, by which
 * {@link parseBatch} tells them apart.
 */
export function batchCommand({ commands }: BatchOptions, marker?: string): Command {
  if (commands.length === 0) {
    throw new InvalidArgumentError({ argument: 'commands', value: '', expected: 'one command or more' });
  }
  const line = commands
    .map((command, index) => {
      const words = lineOf(command, index);
      const mark = `${marker ?? ''}:${index}`;
      return marker === undefined ? words : `${words}; echo ${mark}; echo --err ${mark}`;
    })
    .join('; ');
  if (Buffer.byteLength(line) > maximumBytes) {
    const expected = `commands of ${maximumBytes} bytes together at most`;
    throw new InvalidArgumentError({ argument: 'commands', value: `${commands.length} commands`, expected });
  }
  return createCommand('virsh', [line], {
    effect: commands.some(({ effect }) => effect === 'write') ? 'write' : 'read',
    stop: commands.some(({ stop }) => stop === 'wait') ? 'wait' : 'kill',
  });
}

/** What was printed before each mark. */
function sections(text: string, marks: readonly string[]): string[] {
  let rest = text;
  return marks.map((mark) => {
    const end = rest.indexOf(mark);
    if (end === -1) throw new OutputParseError('virsh ended before all commands of a batch', { text: rest });
    const section = rest.slice(0, end);
    rest = rest.slice(end + mark.length);
    return section;
  });
}

/**
 * Reads what the command of {@link Virsh.batch} prints.
 *
 * @throws `OutputParseError` when virsh ended half-way.
 */
export function parseBatch(
  output: { readonly stdout: string; readonly stderr: string },
  commands: readonly Command[],
  marker: string,
): BatchResult[] {
  // A dry run prints nothing at all; virsh prints at least the marks.
  if (output.stdout === '' && output.stderr === '') {
    return commands.map((command) => ({ command, stdout: '', error: undefined }));
  }
  const marks = commands.map((_, index) => `${marker}:${index}\n`);
  const printed = sections(output.stdout, marks);
  const said = sections(
    output.stderr,
    marks.map((mark) => `error: ${mark}`),
  );
  return commands.map((command, index) => {
    // The `echo --err` before it leaves an empty line.
    const section = printed[index] ?? '';
    const stdout = index === 0 ? section : section.replace(/^\n/, '');
    const stderr = said[index] ?? '';
    // virsh goes on after a failure and exits as the last command did: only its messages tell which one failed.
    const failed = /^error: /m.test(stderr);
    const error = failed
      ? mapExitError(new ExitError({ command, exitCode: 1, stdout, stderr }), virshErrors)
      : undefined;
    return { command, stdout, error };
  });
}
