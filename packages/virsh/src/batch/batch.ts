import {
  checkOptions,
  createCommand,
  ExitError,
  InvalidArgumentError,
  mapExitError,
  OutputParseError,
  parseOutput,
  type CallOptions,
  type Command,
  type CommandError,
  type CommandOutput,
  type Rows,
} from '@quiesce/command';
import { virshErrors } from '../error-rules.js';
import { ConnectionFailedError } from '../errors.js';
import { quoteVirshWord } from '../quote-word.js';

/** A command of a batch with what reads its output: a builder and a parser of this package. */
export interface BatchCommand<Value> {
  readonly command: Command;
  /** Reads what the command prints: the parser that belongs to the builder. */
  readonly parse: (stdout: string) => Value;
}

/** What a batch is made of. A command without a parser gives what it printed. */
export type BatchItem = Command | BatchCommand<unknown>;

/** What {@link Virsh.batch} takes. */
export interface VirshBatchOptions<Items extends readonly BatchItem[] = readonly BatchItem[]> extends CallOptions {
  /**
   * What to run, in this order: what this package's builders return, with or without their parsers.
   */
  readonly commands: Items;
}

/** How one command of a batch ended. `value` and `error` can be read without a look at `status`. */
export type BatchOutcome<Value> =
  /** It succeeded. */
  | {
      readonly status: 'done';
      readonly command: Command;
      /** What the parser made of its output; without one the output itself. */
      readonly value: Value;
      readonly error?: undefined;
    }
  /** It failed. */
  | {
      readonly status: 'failed';
      readonly command: Command;
      readonly value?: undefined;
      /** What the method of that command would have thrown. */
      readonly error: CommandError;
    }
  /** It was not run: the client's transport is a dry run. */
  | { readonly status: 'not run'; readonly command: Command; readonly value?: undefined; readonly error?: undefined };

/** One outcome for each command of a batch, with the type that its parser gives. */
export type BatchOutcomes<Items extends readonly BatchItem[]> = {
  readonly [Index in keyof Items]: BatchOutcome<ValueOf<Items[Index]>>;
};

/** What a parser gives; of what may have one or none both. */
type ValueOf<Item> = Item extends BatchCommand<infer Value> ? Value : string;

/** They would end the batch, or take the connection from the commands after them. */
const refused: readonly string[] = ['connect', 'exit', 'quit'];
const subcommand = /^[a-z][a-z0-9-]*$/;
// Linux takes 128 KiB for one word, and a shell on the way there quotes it once more.
const maximumBytes = 65_536;

/** A copy of a command that virsh can run as a part of a batch. */
function checkBatched(argument: string, value: unknown): Command {
  const command = (value ?? {}) as Partial<Command>;
  const { args, cwd, effect, env, file, stdin, stop } = command;
  const words: readonly unknown[] = Array.isArray(args) ? Array.from(args as unknown[]) : [];
  const [verb] = words;
  const isPlain = file === 'virsh' && env === undefined && cwd === undefined && stdin === undefined;
  const isVerb = typeof verb === 'string' && subcommand.test(verb) && !refused.includes(verb);
  if (!isPlain || !isVerb || !words.every((word) => typeof word === 'string')) {
    const isText = words.length > 0 && words.every((word) => typeof word === 'string');
    const shown = isText ? [file, ...words].join(' ') : value;
    const expected = 'a command as the builders of this package make it';
    throw new InvalidArgumentError({ argument, value: shown, expected });
  }
  return createCommand('virsh', words, { ...(effect && { effect }), ...(stop && { stop }) });
}

const partsOf = (item: BatchItem): BatchCommand<unknown> =>
  'parse' in item ? item : { command: item, parse: (stdout) => stdout };

function checkItem(place: string, item: unknown): BatchItem {
  if (typeof item !== 'object' || item === null || !('command' in item || 'parse' in item)) {
    return checkBatched(place, item);
  }
  const { command, parse } = item as Partial<BatchCommand<unknown>>;
  if (typeof parse !== 'function') {
    const expected = 'a parser of this package, or the command alone in place of both';
    throw new InvalidArgumentError({ argument: `${place}.parse`, value: parse, expected });
  }
  return Object.freeze({ command: checkBatched(`${place}.command`, command), parse });
}

function checkItems(argument: string, value: unknown): readonly BatchItem[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new InvalidArgumentError({ argument, value, expected: 'a list of one command or more' });
  }
  const items = Array.from(value as unknown[], (item, index) => checkItem(`${argument}[${String(index)}]`, item));
  return Object.freeze(items);
}

/** The options of {@link VirshBatchOptions}. */
export const virshBatchRows: Rows<VirshBatchOptions> = {
  commands: {
    kind: 'other',
    check: checkItems,
    sample: [createCommand('virsh', ['list'], { effect: 'read' })],
    required: true,
  },
};

/**
 * Renders a command as one line of virsh's own language: for a virsh that reads its standard input,
 * or that is given a single argument.
 *
 * @throws `InvalidArgumentError` for a command that the builders of this package don't make, and
 * for line breaks in its words.
 *
 * @example
 * ```ts
 * toVirshLine(virshSuspendCommand({ domain: 'my guest' })); // "suspend '--domain=my guest'"
 * ```
 */
export function toVirshLine(command: Command): string {
  const checked = checkBatched('command', command);
  if (checked.args.some((word) => /[\r\n]/.test(word))) {
    const expected = 'words without line breaks: for virsh each line is a command';
    throw new InvalidArgumentError({ argument: 'command', value: checked.args.join(' '), expected });
  }
  return lineOf(checked);
}

function lineOf({ args }: Command): string {
  return args.map(quoteVirshWord).join(' ');
}

/**
 * Builds the command of {@link Virsh.batch}: one virsh, so one connection, for all of them.
 *
 * @param marker - Text without blanks that is printed after each command, on both outputs, by which
 * {@link parseVirshBatch} tells them apart.
 * @throws `InvalidArgumentError` for commands that this package's builders don't make, for none,
 * and for too many at once: together they have room for a few hundred.
 */
export function virshBatchCommand(options: VirshBatchOptions, marker?: string): Command {
  const checked = checkOptions<VirshBatchOptions>(virshBatchRows, options);
  const commands = checked.commands.map((item) => partsOf(item).command);
  const line = commands
    .map((command, index) => {
      const mark = `${marker ?? ''}:${index}`;
      return marker === undefined ? lineOf(command) : `${lineOf(command)}; echo ${mark}; echo --err ${mark}`;
    })
    .join('; ');
  if (Buffer.byteLength(line) > maximumBytes) {
    const expected = `commands of ${maximumBytes} bytes together at most`;
    throw new InvalidArgumentError({ argument: 'commands', value: `${commands.length} commands`, expected });
  }
  return createCommand('virsh', [line], {
    effect: effectOf(commands),
    stop: commands.every(({ stop }) => stop === 'kill') ? 'kill' : 'wait',
  });
}

const effectOf = (commands: readonly Command[]): Command['effect'] =>
  commands.every(({ effect }) => effect === 'read') ? 'read' : 'write';

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

// virsh says them of its connection, at the command that happens to be next: it may have succeeded.
const ofConnection = /^error: (?:Reconnected to the hypervisor|Disconnected from .*)\n?/gm;

function outcomeOf({ command, parse }: BatchCommand<unknown>, stdout: string, said: string): BatchOutcome<unknown> {
  const stderr = said.replaceAll(ofConnection, '');
  // virsh goes on after a failure and exits as the last command did: only its messages tell which
  // one failed.
  if (/^error: /m.test(stderr)) {
    const error = mapExitError(new ExitError({ command, exitCode: 1, stdout, stderr }), virshErrors);
    return { status: 'failed', command, error };
  }
  try {
    return { status: 'done', command, value: parseOutput({ command, stdout }, parse) };
  } catch (cause) {
    // Whatever a parser throws, the commands beside its own have run and have outcomes.
    const error = OutputParseError.isInstance(cause)
      ? cause
      : new OutputParseError('the parser failed', { text: stdout, command, cause });
    return { status: 'failed', command, error };
  }
}

/**
 * Reads what the command of {@link Virsh.batch} prints.
 *
 * @throws `OutputParseError` when virsh ended half-way.
 * @throws {@link ConnectionFailedError} when no command had a connection.
 */
export function parseVirshBatch<const Items extends readonly BatchItem[]>(
  output: Pick<CommandOutput, 'stdout' | 'stderr'>,
  items: Items,
  marker: string,
): BatchOutcomes<Items> {
  const parts = items.map(partsOf);
  // A dry run prints nothing at all; virsh prints at least the marks. What only reads is run then,
  // too.
  const isSilent = output.stdout === '' && output.stderr === '';
  const isDry = isSilent && effectOf(parts.map(({ command }) => command)) === 'write';
  if (isDry) return parts.map(({ command }) => ({ status: 'not run', command })) as unknown as BatchOutcomes<Items>;
  const marks = parts.map((_, index) => `${marker}:${index}\n`);
  const printed = sections(output.stdout, marks);
  const said = sections(
    output.stderr,
    marks.map((mark) => `error: ${mark}`),
  );
  const outcomes = parts.map((part, index) => {
    // The `echo --err` before it leaves an empty line.
    const section = printed[index] ?? '';
    return outcomeOf(part, index === 0 ? section : section.replace(/^\n/, ''), said[index] ?? '');
  });
  // Without a `connectUri` virsh connects at the first command, and goes on where it can't.
  const lost = outcomes.map(({ error }) => error).filter((error) => ConnectionFailedError.isInstance(error));
  if (lost[0] !== undefined && lost.length === outcomes.length) throw lost[0];
  return outcomes as unknown as BatchOutcomes<Items>;
}
