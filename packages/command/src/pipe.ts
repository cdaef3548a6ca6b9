import { setTimeout as delay } from 'node:timers/promises';
import { checkInteger } from './check-argument.js';
import { chunks } from './chunks.js';
import { collectEnds, collectWhole, type Collected } from './collect.js';
import type { Command } from './command.js';
import { drain } from './drain.js';
import { AbortedError, InvalidArgumentError, OutputTooLargeError, outcomeOf, TimeoutError } from './errors.js';
import { linkSignals } from './link-signals.js';
import { onlyTold } from './not-started.js';
import { pump } from './pump.js';
import { closeInput, defaultMaximumOutputBytes, requireSuccess, type CommandOutput, type RunOptions } from './run.js';
import type { RunningCommand, StartOptions, Transport } from './transport.js';

/** One command of a pipe, and where it runs. */
export interface PipeStage extends Pick<RunOptions, 'successCodes' | 'errors'> {
  readonly transport: Transport;
  readonly command: Command;
}

/** How {@link pipe} runs. */
export interface PipeOptions extends StartOptions {
  /**
   * Most bytes of the last command's standard output to hold in memory.
   * @default 16777216 (16 MiB)
   */
  readonly maximumOutputBytes?: number;
  /** Called with the number of bytes that have gone from the first command to the second so far. */
  readonly onBytes?: (bytes: number) => void;
  /** Most bytes in a second from the first command to the second. No limit without it. */
  readonly maximumBytesPerSecond?: number;
}

interface Stage {
  readonly stage: PipeStage;
  readonly running: RunningCommand;
  readonly stderr: Collected;
  /** Ends it because nobody reads it any more. */
  readonly unread: AbortController;
}

/** What writes into a pipe that is closed ends by itself, if it does. */
const brokenPipeMs = 2000;

/** Resolves when a command has ended, also one that was left running. */
async function whenGone({ result }: RunningCommand): Promise<void> {
  await result.catch((error: unknown) => outcomeOf(error)?.catch(() => undefined));
}

/** Ends a writer that nobody reads any more as its `stop` says. */
async function endUnread({ running, unread }: Stage): Promise<void> {
  if (running.command.stop === 'wait') {
    drain(running.stdout);
    return;
  }
  running.stdout.destroy();
  const ended = new AbortController();
  const late = delay(brokenPipeMs, true, { signal: ended.signal }).catch(() => false);
  const end = (): void => {
    ended.abort();
  };
  running.result.then(end, end);
  if (await late) unread.abort(new Error('the command that reads from it has ended'));
}

const isRun = ({ command, transport }: PipeStage): boolean => transport.runs?.(command) ?? true;

function requireStages(stages: readonly PipeStage[]): void {
  if (stages.length < 2) {
    throw new InvalidArgumentError({ argument: 'stages', value: stages.length, expected: 'two commands or more' });
  }
  for (const [index, { command }] of stages.entries()) {
    const argument = `stages[${String(index)}].command`;
    if (index > 0 && command.stdin !== undefined) {
      const expected = 'only the first command to carry its own input';
      throw new InvalidArgumentError({ argument: `${argument}.stdin`, value: 'set', expected });
    }
    if (index > 0 && command.stop === 'wait') {
      const expected = "'kill' for a command that reads from another: it must be ended when its input is torn";
      throw new InvalidArgumentError({ argument: `${argument}.stop`, value: command.stop, expected });
    }
  }
}

/**
 * The failure that came first, or of several stops one that left its command running, with the
 * others in its cause.
 */
function allIn(failures: ReadonlySet<Error>): Error | undefined {
  const [first] = failures;
  const wasStopped = AbortedError.isInstance(first) || TimeoutError.isInstance(first);
  const primary = (wasStopped ? [...failures].find((error) => outcomeOf(error) !== undefined) : undefined) ?? first;
  // Ending the others is what the pipe does itself, but not leaving them running.
  const more = [...failures].filter(
    (error) => error !== primary && !(AbortedError.isInstance(error) && !error.stillRunning),
  );
  if (primary !== undefined && more.length > 0) {
    const causes = primary.cause === undefined ? more : [primary.cause, ...more];
    primary.cause = new AggregateError(causes, 'other commands of the pipe failed too');
  }
  return primary;
}

/**
 * Runs commands with the output of each as the input of the next, on one machine or on several,
 * without a shell. A slow reader slows the writers down; memory stays flat. It succeeds only if
 * every command does, and a command's input is closed only after the one before it has succeeded:
 * when a writer fails, the readers are ended before they could be shown the end of their input, and
 * when a reader fails, the writers are ended. A writer that goes on when its reader has ended well
 * is ended as its `stop` says, and fails by that. A reader whose connection is lost sees an end all
 * the same: for that case it must know a torn stream itself, as `zfs receive` does.
 *
 * Where a transport only tells of a command, as {@link dryRun} does, none of the others runs.
 *
 * @throws {@link InvalidArgumentError} for a command that reads from another and may not be killed
 * (`stop: 'wait'`).
 * @throws what the command that failed first would throw in {@link run}; after an abort or a
 * timeout, that of one which still runs. The other failures are in its `cause`, as an
 * `AggregateError`.
 *
 * @example
 * ```ts
 * await pipe([
 *   {
 *     transport: localTransport(),
 *     command: createCommand('zfs', ['send', '--', 'tank/vm@monday'], { effect: 'read' }),
 *   },
 *   {
 *     transport: sshTransport({ host: 'nas' }),
 *     command: createCommand('zfs', ['receive', '--', 'backup/vm'], { stop: 'kill' }),
 *   },
 * ]);
 * ```
 */
export async function pipe(stages: readonly PipeStage[], options: PipeOptions = {}): Promise<readonly CommandOutput[]> {
  requireStages(stages);
  const { maximumBytesPerSecond: rate } = options;
  if (rate !== undefined) checkInteger('maximumBytesPerSecond', rate, { minimum: 1 });
  const limitBytes = options.maximumOutputBytes ?? defaultMaximumOutputBytes;
  const failed = new AbortController();
  // What is only told of takes nothing, so that there is nothing to send.
  const runsAll = stages.every(isRun);
  const started = stages.map((stage): Stage => {
    const unread = new AbortController();
    const running = linkSignals([options.signal, failed.signal, unread.signal], (signal) =>
      isRun(stage) && !runsAll
        ? onlyTold(stage.command)
        : stage.transport.start(stage.command, { signal, timeoutMs: options.timeoutMs }),
    );
    return { stage, running, stderr: collectEnds(running.stderr), unread };
  });
  const first = started[0] as Stage;
  const last = started.at(-1) as Stage;
  closeInput(first.running);
  const stdout = collectWhole(last.running.stdout, limitBytes, () => undefined);

  const failures = new Set<Error>();
  const fail = (error: unknown): void => {
    failures.add(error as Error);
    failed.abort();
  };
  const outcomes = started.map(async ({ stage, running, stderr }): Promise<CommandOutput | undefined> => {
    const output = running === last.running ? stdout : undefined;
    try {
      const result = await running.result;
      await Promise.all([stderr.ended, output?.ended]);
      const printed = { stdout: output?.text() ?? '', stderr: stderr.text() };
      requireSuccess(result, printed, stage);
      if (output?.overflowed() === true) {
        throw new OutputTooLargeError({ command: stage.command, limitBytes, what: 'standard output' });
      }
      return { ...result, ...printed };
    } catch (error) {
      fail(error);
      return undefined;
    }
  });
  const connected = started.slice(1).map(async ({ running: reader }, index): Promise<void> => {
    const writer = started[index] as Stage;
    const { maximumBytesPerSecond, onBytes } = index === 0 ? options : {};
    const over = new AbortController();
    const end = (): void => {
      over.abort();
    };
    reader.result.then(end, end);
    failed.signal.addEventListener('abort', end);
    const how = { failed: over.signal, onBytes, maximumBytesPerSecond };
    const whole = await pump(chunks(writer.running), reader.stdin, how).catch(fail);
    // Only a writer that succeeded ends the reader's input: nobody takes a torn stream for a whole
    // one.
    if (whole === true && (await outcomes[index]) !== undefined) {
      reader.stdin.end();
      return;
    }
    // What stopped reading decides by its own result what that meant; what is torn may end only
    // after who would read it.
    await outcomes[index + 1];
    void whenGone(reader).then(() => reader.stdin.destroy());
    await endUnread(writer);
  });
  const ended = await Promise.all(outcomes);
  await Promise.all(connected);
  const failure = allIn(failures);
  if (failure !== undefined) throw failure;
  return ended.filter((output) => output !== undefined);
}
