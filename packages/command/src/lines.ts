import { StringDecoder } from 'node:string_decoder';
import { chunks } from './chunks.js';
import { collectEnds } from './collect.js';
import type { Command } from './command.js';
import { drain } from './drain.js';
import { OutputTooLargeError, traceCall } from './errors.js';
import { linkSignals } from './link-signals.js';
import { closeInput, requireSuccess, type RunOptions } from './run.js';
import type { Transport } from './transport.js';

/** How {@link lines} cuts what a command prints. */
export interface LinesOptions extends Omit<RunOptions, 'maximumOutputBytes'> {
  /**
   * What ends a line. It is not part of the lines.
   * @default /\n/
   */
  readonly separator?: RegExp;
  /**
   * Longest line, in characters. A longer one is an {@link OutputTooLargeError}.
   * @default 1048576
   */
  readonly maximumLineLength?: number;
}

/**
 * Yields what a command prints, line by line, while it runs. Any amount passes in flat memory: a
 * slow consumer slows the command down. Leaving the loop early ends a `stop: 'kill'` command.
 *
 * @throws {@link ExitError} after the last line when the command failed, and whatever {@link run}
 * throws.
 * @throws {@link OutputTooLargeError} for a line over `maximumLineLength`.
 *
 * @example
 * ```ts
 * for await (const line of lines(
 *   transport,
 *   createCommand('journalctl', ['-f'], { effect: 'read' }),
 * )) {
 *   console.log(line);
 * }
 * ```
 */
export async function* lines(
  transport: Transport,
  command: Command,
  options: LinesOptions = {},
): AsyncGenerator<string, void, undefined> {
  const { separator = /\n/, maximumLineLength = 1024 * 1024 } = options;
  const left = new AbortController();
  const running = linkSignals([options.signal, left.signal], (signal) =>
    transport.start(command, { signal, timeoutMs: options.timeoutMs }),
  );
  closeInput(running);
  const stderr = collectEnds(running.stderr);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of chunks(running)) {
      const parts = (rest + decoder.write(chunk)).split(separator);
      rest = parts.pop() ?? '';
      yield* parts;
      if (rest.length > maximumLineLength) {
        throw new OutputTooLargeError({ command, limitBytes: maximumLineLength, what: 'one line of standard output' });
      }
    }
    rest += decoder.end();
    const result = await running.result;
    await stderr.ended;
    if (rest !== '') yield rest;
    requireSuccess(result, { stdout: '', stderr: stderr.text() }, options);
  } catch (error) {
    traceCall(error);
    throw error;
  } finally {
    // Closing the stream would break the pipe of a command that must not be killed.
    drain(running.stdout);
    left.abort();
    if (command.stop === 'kill') await running.result.catch(() => undefined);
  }
}
