import type { Readable, Writable } from 'node:stream';
import { collectEnds, collectWhole, type Collected } from './collect.js';
import type { Command } from './command.js';
import { AbortedError, InvalidArgumentError, OutputTooLargeError } from './errors.js';
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
}

interface Stage {
  readonly stage: PipeStage;
  readonly running: RunningCommand;
  readonly stderr: Collected;
  readonly abort: AbortController;
}

function writable(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done).off('error', done);
      resolve();
    };
    stream.on('drain', done).on('close', done).on('error', done);
  });
}

/** Copies with back-pressure until the source ends (true) or the destination takes no more (false). */
async function pump(from: Readable, to: Writable, onBytes?: (bytes: number) => void): Promise<boolean> {
  let bytes = 0;
  for await (const chunk of from.iterator({ destroyOnReturn: false })) {
    if (!to.destroyed && !to.write(chunk)) await writable(to);
    if (to.destroyed) return false;
    bytes += (chunk as Buffer).byteLength;
    onBytes?.(bytes);
  }
  return true;
}

/**
 * Runs commands with the output of each as the input of the next, on one machine or on several, without a shell. A slow
 * reader slows the writers down; memory stays flat. It succeeds only if every command does, and a command's input is
 * closed only after the one before it has succeeded: when a writer fails, the readers are ended instead of being shown
 * the end of their input, and when a reader fails, the writers are ended.
 *
 * @throws what the command that failed first would throw in {@link run}; the other failures are in its `cause`.
 *
 * @example
 * ```ts
 * await pipe([
 *   { transport: here, command: sendCommand({ snapshot: 'tank/vm@monday' }) },
 *   { transport: there, command: receiveCommand({ dataset: 'backup/vm' }) },
 * ]);
 * ```
 */
export async function pipe(stages: readonly PipeStage[], options: PipeOptions = {}): Promise<readonly CommandOutput[]> {
  if (stages.length < 2) {
    throw new InvalidArgumentError({ argument: 'stages', value: stages.length, expected: 'two commands or more' });
  }
  const fed = stages.findIndex(({ command }, index) => index > 0 && command.stdin !== undefined);
  if (fed !== -1) {
    const expected = 'only the first command to carry its own input';
    throw new InvalidArgumentError({ argument: `stages[${String(fed)}].command.stdin`, value: 'set', expected });
  }
  const limitBytes = options.maximumOutputBytes ?? defaultMaximumOutputBytes;
  const started = stages.map((stage): Stage => {
    const abort = new AbortController();
    const signal = options.signal === undefined ? abort.signal : AbortSignal.any([options.signal, abort.signal]);
    const running = stage.transport.start(stage.command, { signal, timeoutMs: options.timeoutMs });
    return { stage, running, stderr: collectEnds(running.stderr), abort };
  });
  const first = started[0] as Stage;
  const last = started.at(-1) as Stage;
  closeInput(first.running);
  const stdout = collectWhole(last.running.stdout, limitBytes, () => undefined);

  const failures: Error[] = [];
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
      failures.push(error as Error);
      for (const { abort } of started) abort.abort();
      return undefined;
    }
  });
  const connected = started.slice(1).map(async (reader, index): Promise<void> => {
    const writer = started[index] as Stage;
    // A source that breaks shows in how its command ended.
    const whole = await pump(
      writer.running.stdout,
      reader.running.stdin,
      index === 0 ? options.onBytes : undefined,
    ).catch(() => true);
    // Only a writer that succeeded ends the reader's input: nobody takes a torn stream for a whole one.
    if (whole && (await outcomes[index]) !== undefined) {
      reader.running.stdin.end();
      return;
    }
    // A reader that stopped reading decides by its own result what that meant; then the writer's pipe is cut.
    if (!whole) await outcomes[index + 1];
    writer.running.stdout.destroy();
    reader.running.stdin.destroy();
  });
  const ended = await Promise.all(outcomes);
  await Promise.all(connected);
  const [primary, ...others] = failures;
  if (primary === undefined) return ended.filter((output) => output !== undefined);
  const more = others.filter((error) => !AbortedError.isInstance(error));
  if (more.length > 0) primary.cause ??= new AggregateError(more);
  throw primary;
}
