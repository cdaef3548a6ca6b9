import { Readable } from 'node:stream';
import { collectEnds, collectWhole } from './collect.js';
import type { Command } from './command.js';
import { continueOutcome, InvalidArgumentError, OutputTooLargeError, traceCall } from './errors.js';
import { linkSignals } from './link-signals.js';
import { pump } from './pump.js';
import { defaultMaximumOutputBytes, requireSuccess, type CommandOutput, type RunOptions } from './run.js';
import type { CommandResult, Transport } from './transport.js';

/**
 * Runs a command that reads its input from a stream, in flat memory: a slow command slows the
 * stream down. The command sees the end of its input only if the stream ended well; where the
 * stream fails the command is ended before, and nobody takes a torn stream for a whole one.
 *
 * @throws what the stream throws.
 * @throws what {@link run} throws.
 * @throws {@link InvalidArgumentError} for a command that may not be killed (`stop: 'wait'`).
 *
 * @example
 * ```ts
 * const receive = createCommand('zfs', ['receive', '--', 'tank/vm'], { stop: 'kill' });
 * await feed(transport, receive, createReadStream('/srv/vm.zfs'));
 * ```
 */
export async function feed(
  transport: Transport,
  command: Command,
  input: AsyncIterable<Uint8Array>,
  options: Omit<RunOptions, 'wholeErrorOutput'> = {},
): Promise<CommandOutput> {
  if (command.stop === 'wait' || command.stdin !== undefined) {
    const expected = "stop: 'kill' and no input of its own: it must be ended when its input is torn";
    throw new InvalidArgumentError({ argument: 'command', value: command.file, expected });
  }
  const limitBytes = options.maximumOutputBytes ?? defaultMaximumOutputBytes;
  const ended = new AbortController();
  const running = linkSignals([options.signal, ended.signal], (signal) =>
    transport.start(command, { signal, timeoutMs: options.timeoutMs }),
  );
  const stdout = collectWhole(running.stdout, limitBytes, () => undefined);
  const stderr = collectEnds(running.stderr);
  const over = new AbortController();
  const stopFeeding = (): void => {
    over.abort();
  };
  const finished = running.result.finally(stopFeeding);
  // At once: until the command has ended it would take all that comes, and may do its work whole.
  options.signal?.addEventListener('abort', stopFeeding, { once: true });
  let failure: { readonly reason: unknown } | undefined;
  const given = pump(input, running.stdin, { failed: over.signal }).then(
    (whole) => {
      if (whole) running.stdin.end();
    },
    (reason: unknown) => {
      failure = { reason };
      ended.abort();
    },
  );
  const finish = async (result: CommandResult): Promise<CommandOutput> => {
    await Promise.all([stdout.ended, stderr.ended]);
    const output = { stdout: stdout.text(), stderr: stderr.text() };
    requireSuccess(result, output, options);
    if (stdout.overflowed()) throw new OutputTooLargeError({ command, limitBytes, what: 'standard output' });
    return { ...result, ...output };
  };
  try {
    const result = await finished;
    if (failure !== undefined) throw failure.reason;
    return await finish(result);
  } catch (error) {
    if (failure !== undefined) throw failure.reason;
    traceCall(error);
    continueOutcome(error, async (outcome) => finish(await outcome));
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', stopFeeding);
    running.stdin.destroy();
    if (input instanceof Readable) input.destroy();
    // A stream that never gives anything again is not waited for.
    void given;
  }
}
