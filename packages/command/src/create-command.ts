import type { Command, CommandEffect, CommandStop } from './command.js';
import { InvalidArgumentError } from './errors.js';
import { hideInput } from './hide-input.js';

/** What {@link createCommand} takes besides the program and its arguments. */
export interface CreateCommandOptions {
  /** Environment variables on top of the inherited ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** Working directory where the command runs. */
  readonly cwd?: string;
  /** Text or bytes for standard input. */
  readonly stdin?: string | Uint8Array;
  /** @default 'write', the careful one */
  readonly effect?: CommandEffect;
  /** @default 'kill' for a read, 'wait' for a write */
  readonly stop?: CommandStop;
}

const environmentName = /^[A-Za-z_][A-Za-z0-9_]*$/;
// What a shell sets itself and would not take from us, or not hand on.
const shellName = /^(?:_|UID|EUID|PPID|GROUPS|SHELLOPTS|BASHOPTS|BASH_VERSINFO|IFS|LINENO|OPTIND|RANDOM|SECONDS)$/;

function requireWord(argument: string, word: string, value = word): void {
  // Callers without types can pass anything.
  if (typeof (word as unknown) !== 'string') throw new InvalidArgumentError({ argument, value, expected: 'a text' });
  if (word.includes('\0')) throw new InvalidArgumentError({ argument, value, expected: 'text without NUL bytes' });
  if (!word.isWellFormed()) {
    throw new InvalidArgumentError({ argument, value, expected: 'well-formed Unicode (no lone surrogates)' });
  }
}

// A word that is neither would make a write run in a dry run, or be killed half-way.
function requireChoice(argument: string, value: unknown, words: readonly string[]): void {
  if (value === undefined || words.includes(value as string)) return;
  throw new InvalidArgumentError({ argument, value, expected: words.join(' or ') });
}

/** Checks that every word of a command can reach a process unchanged. */
export function requireCommand({ file, args, cwd, env = {} }: Pick<Command, 'file' | 'args' | 'cwd' | 'env'>): void {
  if (file === '' || file.startsWith('-')) {
    throw new InvalidArgumentError({ argument: 'file', value: file, expected: 'the name or path of a program' });
  }
  requireWord('file', file);
  // Callers without types may forget them, or give one text.
  const given: unknown = args;
  if (!Array.isArray(given)) {
    throw new InvalidArgumentError({ argument: 'args', value: given, expected: "a list of words, as ['list', '-r']" });
  }
  for (const [index, value] of args.entries()) requireWord(`args[${String(index)}]`, value);
  if (cwd !== undefined) requireWord('cwd', cwd);
  for (const [name, value] of Object.entries(env)) {
    if (!environmentName.test(name) || shellName.test(name)) {
      const expected = 'names of letters, digits and _ that a shell does not set itself';
      throw new InvalidArgumentError({ argument: 'env', value: name, expected });
    }
    requireWord(`env.${name}`, value, '***');
  }
}

/**
 * Builds a {@link Command} and checks that every word of it can reach a process unchanged. Logged
 * or made JSON, it shows how long its input is, not what is in it.
 *
 * @throws {@link InvalidArgumentError} for an empty program name, a NUL byte, a lone surrogate, or
 * a variable that shells keep to themselves, as `UID`.
 *
 * @example
 * ```ts
 * const uptime = createCommand('uptime', ['--since'], { effect: 'read' });
 * ```
 */
export function createCommand(file: string, args: readonly string[], options: CreateCommandOptions = {}): Command {
  const { env, cwd } = options;
  requireChoice('effect', options.effect, ['read', 'write']);
  requireChoice('stop', options.stop, ['kill', 'wait']);
  requireCommand({ file, args, ...(env && { env }), ...(cwd !== undefined && { cwd }) });
  const effect = options.effect ?? 'write';
  const command: Command = {
    file,
    args: Object.freeze([...args]),
    ...(options.env !== undefined && { env: Object.freeze({ ...options.env }) }),
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.stdin !== undefined && { stdin: options.stdin }),
    effect,
    stop: options.stop ?? (effect === 'read' ? 'kill' : 'wait'),
  };
  return Object.freeze(hideInput(command));
}
