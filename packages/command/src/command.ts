import { InvalidArgumentError } from './errors.js';

/** What a dry run does with a command: a `read` runs, a `write` is only recorded. */
export type CommandEffect = 'read' | 'write';

/**
 * What an abort or a timeout does with a command: `kill` ends it and its children at once, `wait` leaves it to finish,
 * because ending it half-way could leave the host worse than letting it go on (LVM, pools, domain states).
 */
export type CommandStop = 'kill' | 'wait';

/** A command as readonly data. Nothing runs until a {@link Transport} starts it. */
export interface Command {
  /** Name or path of the program. A bare name is looked up in `PATH` where the command runs. */
  readonly file: string;
  /** The arguments, one word each. No shell ever reads them. */
  readonly args: readonly string[];
  /**
   * Environment variables on top of the inherited ones. `LC_ALL=C` is always set. Their values are in no list of processes
   * and in no message; {@link toShell} shows them.
   */
  readonly env?: Readonly<Record<string, string>>;
  /** Working directory where the command runs. */
  readonly cwd?: string;
  /** Text or bytes written to standard input. Without it standard input is empty. */
  readonly stdin?: string | Uint8Array;
  /** Whether the command only looks or also changes something. */
  readonly effect: CommandEffect;
  /** Whether the command may be killed. */
  readonly stop: CommandStop;
}

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
  if (word.includes('\0')) throw new InvalidArgumentError({ argument, value, expected: 'text without NUL bytes' });
  if (!word.isWellFormed()) {
    throw new InvalidArgumentError({ argument, value, expected: 'well-formed Unicode (no lone surrogates)' });
  }
}

/** Checks that every word of a command can reach a process unchanged. */
export function requireCommand({ file, args, cwd, env = {} }: Pick<Command, 'file' | 'args' | 'cwd' | 'env'>): void {
  if (file === '' || file.startsWith('-')) {
    throw new InvalidArgumentError({ argument: 'file', value: file, expected: 'the name or path of a program' });
  }
  requireWord('file', file);
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
 * Builds a {@link Command} and checks that every word of it can reach a process unchanged.
 *
 * @throws {@link InvalidArgumentError} for an empty program name, a NUL byte, a lone surrogate, or a variable that shells keep
 * to themselves, as `UID`.
 *
 * @example
 * ```ts
 * const uptime = createCommand('uptime', ['--since'], { effect: 'read' });
 * ```
 */
export function createCommand(file: string, args: readonly string[], options: CreateCommandOptions = {}): Command {
  const { env, cwd } = options;
  requireCommand({ file, args, ...(env && { env }), ...(cwd !== undefined && { cwd }) });
  const effect = options.effect ?? 'write';
  return Object.freeze({
    file,
    args: Object.freeze([...args]),
    ...(options.env !== undefined && { env: Object.freeze({ ...options.env }) }),
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.stdin !== undefined && { stdin: options.stdin }),
    effect,
    stop: options.stop ?? (effect === 'read' ? 'kill' : 'wait'),
  });
}
