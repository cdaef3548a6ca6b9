import type { Command } from './command.js';
import { describeCommand, oneLine } from './to-shell.js';
import type { CommandResult } from './transport.js';

const errorNames = Symbol.for('quiesce.errorNames');

interface ErrorClass {
  readonly errorName: string;
}

function namesOf(constructor: unknown): string[] {
  const names: string[] = [];
  for (let current = constructor; typeof current === 'function'; current = Object.getPrototypeOf(current) as unknown) {
    const { errorName } = current as Partial<ErrorClass>;
    if (typeof errorName === 'string' && !names.includes(errorName)) names.push(errorName);
  }
  return names;
}

/** What every error of the SDK is made from. */
export interface CommandErrorOptions {
  /** The command it is about, if there is one. */
  readonly command?: Command | undefined;
  /** What caused it. */
  readonly cause?: unknown;
}

/** Tells the command that an error is about, where that becomes known only later. */
export function setCommand(error: CommandError, command: Command | undefined): void {
  Object.defineProperty(error, 'command', { value: command, configurable: true });
}

/**
 * Gives an error that was made where a process ended the stack of the call that waited for it: Node
 * keeps ten frames, and those of the SDK would be all of them.
 *
 * @param above - The function above which the stack begins.
 */
export function traceCall(error: unknown, above: (...args: never) => unknown = traceCall): void {
  if (CommandError.isInstance(error)) Error.captureStackTrace(error, above);
}

/**
 * The class above all errors of the SDK. Its message is one line without secrets.
 *
 * Of the classes below it take the one that it is; else read its message.
 *
 * @example
 * ```ts
 * try {
 *   await zfs.list();
 * } catch (error) {
 *   if (CommandError.isInstance(error)) console.error(error.message);
 * }
 * ```
 */
export class CommandError extends Error {
  /**
   * Name by which {@link CommandError.isInstance} knows the class, also across versions of the
   * package.
   */
  static readonly errorName: string = 'CommandError';

  /**
   * The command it is about. Undefined where there was none, as for an option that no command was
   * built from. Not enumerable: who logs the error does not log the command's environment and
   * input.
   */
  declare readonly command: Command | undefined;

  constructor(message: string, options: CommandErrorOptions = {}) {
    super(oneLine(message, 4000), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.errorName;
    setCommand(this, options.command);
    Object.defineProperty(this, errorNames, { value: namesOf(new.target) });
  }

  /**
   * Whether a value is an error of this class or of one below it. Unlike `instanceof` it also knows
   * errors that come from another copy of the package.
   */
  static isInstance<Instance extends CommandError>(
    this: (abstract new (...args: never) => Instance) & ErrorClass,
    value: unknown,
  ): value is Instance {
    if (!(value instanceof Error)) return false;
    const names = (value as { [errorNames]?: readonly string[] })[errorNames];
    return names?.includes(this.errorName) ?? false;
  }
}

const notInJson = ['bigint', 'function', 'number', 'symbol', 'undefined'];

/**
 * A value as JSON has it, or as JavaScript calls what JSON has no word for. Not more of it than a
 * message can hold.
 */
function showValue(value: unknown): string {
  const plain = (_: string, inner: unknown): unknown =>
    notInJson.includes(typeof inner) && !Number.isFinite(inner) ? String(inner) : inner;
  let shown = 'an object that holds itself';
  try {
    shown = notInJson.includes(typeof value) ? String(value) : JSON.stringify(value, plain);
  } catch {
    // What it is stays unsaid.
  }
  return shown.length > 200 ? `${shown.slice(0, 200)}…` : shown;
}

/**
 * A value was refused before anything ran.
 *
 * Correct `argument`: `expected` says how.
 */
export class InvalidArgumentError extends CommandError {
  static override readonly errorName: string = 'InvalidArgumentError';
  /** Which argument or option it is, as a path: `volumes[1]`. */
  readonly argument: string;
  /** The value as it was given. */
  readonly value: unknown;
  /** What would have been right. */
  readonly expected: string;

  constructor(options: { argument: string; value: unknown; expected: string; what?: string; cause?: unknown }) {
    const { argument, cause, expected, value, what = `${showValue(value)} is not valid` } = options;
    super(`${argument}: ${what}: expected ${expected}`, { cause });
    this.argument = options.argument;
    this.value = options.value;
    this.expected = options.expected;
  }
}

/**
 * The program could not be started: not found, or not executable.
 *
 * Install the program where the command runs, or give the client its `path`. Of a program that is
 * on another machine, the transport was left out.
 */
export class SpawnError extends CommandError {
  static override readonly errorName: string = 'SpawnError';
  /** The system's code where there is one, as `ENOENT` or `EACCES`. */
  readonly code: string | undefined;

  constructor(options: { command: Command; code?: string | undefined; where?: string; cause?: unknown }) {
    const { code, command, where } = options;
    // Who meant another machine has forgotten to say so.
    const here = code === 'ENOENT' ? ' on this machine' : '';
    const place = where === undefined ? here : ` on ${where}`;
    const next =
      where === undefined ? 'is its package installed, or a transport left out?' : 'is its package installed?';
    const tooLong = 'too many words for one command, or one that is too long: pass fewer names at a time';
    const reason =
      code === 'ENOENT' ? `not found: ${next}` : code === 'E2BIG' ? tooLong : (code ?? 'could not be started');
    super(`${command.file}${place}: ${reason}`, options);
    this.code = options.code;
  }
}

/** What an {@link ExitError} is made from. */
export interface ExitErrorOptions extends CommandErrorOptions {
  readonly command: Command;
  /** Undefined when a signal ended the program. */
  readonly exitCode: number | undefined;
  /** The signal that ended the program, as `SIGKILL`. */
  readonly signal?: string | undefined;
  /** Standard output, as far as it was kept. */
  readonly stdout: string;
  /** Standard error, as far as it was kept. */
  readonly stderr: string;
  /** A sentence in place of what the program said. */
  readonly reason?: string | undefined;
}

/** The fields that a class has beyond those of an {@link ExitError}. */
export type OwnFields<Instance extends ExitError> = Omit<Instance, keyof ExitError>;

/** The argument for them: none where there are none. */
type OwnFieldsArgument<Instance extends ExitError> = [keyof OwnFields<Instance>] extends [never]
  ? []
  : [fields: OwnFields<Instance>];

/**
 * The program ran and failed: it exited with a code that does not mean success, or a signal ended
 * it.
 *
 * Read `stderr`, and the manual page of the program. Of the clients it is a failure that has no
 * class of its own.
 */
export class ExitError extends CommandError {
  static override readonly errorName: string = 'ExitError';
  /** Exit code, undefined when a signal ended the program. */
  readonly exitCode: number | undefined;
  /** The signal that ended the program, as `SIGKILL`. */
  readonly signal: string | undefined;
  /** Standard output, as far as it was kept. */
  readonly stdout: string;
  /** Standard error, as far as it was kept. */
  readonly stderr: string;

  /**
   * Makes an error of the class with its own fields: a class below this one has a name, a comment
   * and fields, and no constructor.
   */
  static create<Instance extends ExitError>(
    this: new (options: ExitErrorOptions) => Instance,
    options: ExitErrorOptions,
    ...[fields]: OwnFieldsArgument<Instance>
  ): Instance {
    const error = new this(options);
    Object.assign(error, fields);
    return error;
  }

  constructor(options: ExitErrorOptions) {
    const ending =
      options.exitCode === undefined
        ? `ended by ${options.signal ?? 'a signal'}`
        : `exit code ${String(options.exitCode)}`;
    const said = oneLine(options.reason ?? options.stderr);
    super(`${said === '' ? 'no message' : said} (${ending}: ${describeCommand(options.command)})`, options);
    this.exitCode = options.exitCode;
    this.signal = options.signal;
    this.stdout = options.stdout;
    this.stderr = options.stderr;
  }
}

/** What an {@link AbortedError} or {@link TimeoutError} tells about the command that it left. */
export interface StoppedOptions extends CommandErrorOptions {
  readonly command: Command;
  /** Whether the command was running when the error was thrown. */
  readonly stillRunning: boolean;
  /** How it ends, where it still runs. */
  readonly outcome?: Promise<CommandResult> | undefined;
}

/**
 * What whoever catches the error can find out later. Not enumerable, as it leads to the command.
 */
function setOutcome(error: AbortedError | TimeoutError, outcome: Promise<CommandResult> | undefined): void {
  // Nobody has to look at it.
  outcome?.catch(() => undefined);
  Object.defineProperty(error, 'outcome', { value: outcome, configurable: true });
}

const stoppedText = (options: StoppedOptions): string =>
  `${options.stillRunning ? ', the command still runs' : ''}: ${describeCommand(options.command)}`;

/**
 * An `AbortSignal` ended the wait for a command.
 *
 * With `stillRunning`, await `outcome` before undoing what the command does.
 */
export class AbortedError extends CommandError {
  static override readonly errorName: string = 'AbortedError';
  /**
   * True for a command that is not killed (`stop: 'wait'`) or could not be: its effect may yet
   * come.
   */
  readonly stillRunning: boolean;
  /**
   * Settles when a command that still runs has ended, as the call would have: with what {@link run}
   * returns or throws, or with the `result` of a command that was only started. Await it before
   * undoing what the command does.
   */
  declare readonly outcome: Promise<CommandResult> | undefined;

  constructor(options: StoppedOptions) {
    // That of `AbortSignal.timeout` is a time that ran out.
    const isTime = options.cause instanceof Error && options.cause.name === 'TimeoutError';
    super(`aborted${isTime ? ' by the time limit of its signal' : ''}${stoppedText(options)}`, options);
    this.stillRunning = options.stillRunning;
    setOutcome(this, options.outcome);
  }
}

/**
 * A command took longer than its `timeoutMs`.
 *
 * Give it more `timeoutMs`, or look at what it waits for. With `stillRunning`, await `outcome`
 * before undoing what the command does.
 */
export class TimeoutError extends CommandError {
  static override readonly errorName: string = 'TimeoutError';
  /** The time it was given, in milliseconds. */
  readonly timeoutMs: number;
  /**
   * True for a command that is not killed (`stop: 'wait'`) or could not be: its effect may yet
   * come.
   */
  readonly stillRunning: boolean;
  /**
   * Settles when a command that still runs has ended, as the call would have: with what {@link run}
   * returns or throws, or with the `result` of a command that was only started. Await it before
   * undoing what the command does.
   */
  declare readonly outcome: Promise<CommandResult> | undefined;

  constructor(options: StoppedOptions & { timeoutMs: number }) {
    super(`no end after ${String(options.timeoutMs)} ms${stoppedText(options)}`, options);
    this.timeoutMs = options.timeoutMs;
    this.stillRunning = options.stillRunning;
    setOutcome(this, options.outcome);
  }
}

/** How a command ends that was left running, if the error is about one. */
export function outcomeOf(error: unknown): Promise<CommandResult> | undefined {
  return AbortedError.isInstance(error) || TimeoutError.isInstance(error) ? error.outcome : undefined;
}

/**
 * Replaces what is known of how a command ends that was left running, if the error is about one.
 */
export function continueOutcome(
  error: unknown,
  next: (outcome: Promise<CommandResult>) => Promise<CommandResult>,
): void {
  if (!AbortedError.isInstance(error) && !TimeoutError.isInstance(error)) return;
  if (error.outcome !== undefined) setOutcome(error, next(error.outcome));
}

/**
 * The way to the machine failed: not reachable, refused, or lost while the command ran. After a
 * lost connection the command may have run, may still run, or may never have started: look before
 * doing it again.
 *
 * Without `started` try again; with it, look at the host before doing it again. The message has the
 * words of ssh.
 */
export class TransportError extends CommandError {
  static override readonly errorName: string = 'TransportError';
  /** Whether the command had begun to run there. */
  readonly started: boolean;

  constructor(message: string, options: CommandErrorOptions & { started: boolean }) {
    super(message, options);
    this.started = options.started;
  }
}

/**
 * The transport may not do what was asked with the rights it has, as when sudo wants a password.
 * Nothing ran.
 *
 * Allow the program in sudoers with `NOPASSWD`, or connect as another user.
 */
export class PrivilegeError extends TransportError {
  static override readonly errorName: string = 'PrivilegeError';
}

/**
 * A program printed more than the caller allowed for.
 *
 * Ask for less, take the method that streams, or give the client more `maximumOutputBytes`.
 */
export class OutputTooLargeError extends CommandError {
  static override readonly errorName: string = 'OutputTooLargeError';
  /** The limit in bytes. */
  readonly limitBytes: number;
  /**
   * Exit code of a command that was left to finish (`stop: 'wait'`); undefined for one that was
   * killed.
   */
  readonly exitCode: number | undefined;

  constructor(options: { command: Command; limitBytes: number; what: string; exitCode?: number | undefined }) {
    super(
      `${options.what} is over the limit of ${String(options.limitBytes)} bytes: ${describeCommand(options.command)}`,
      options,
    );
    this.limitBytes = options.limitBytes;
    this.exitCode = options.exitCode;
  }
}

/**
 * The program succeeded and printed something that this version of the SDK can't read.
 *
 * Do it again: something may have changed meanwhile. Where it stays, `text` is what belongs into a
 * report to the authors.
 */
export class OutputParseError extends CommandError {
  static override readonly errorName: string = 'OutputParseError';
  /** The part that could not be read, at most 1,000 characters of it. */
  readonly text: string;

  constructor(message: string, options: CommandErrorOptions & { text: string }) {
    super(`${message}: ${JSON.stringify(options.text.slice(0, 120))}`, options);
    this.text = options.text.slice(0, 1000);
  }
}
