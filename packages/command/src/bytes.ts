import { chunks } from './chunks.js';
import { collectEnds } from './collect.js';
import type { Command } from './command.js';
import { drain } from './drain.js';
import { traceCall } from './errors.js';
import { linkSignals } from './link-signals.js';
import { closeInput, requireSuccess, type RunOptions } from './run.js';
import type { Transport } from './transport.js';

/** How {@link bytes} treats the end of a command. */
export type BytesOptions = Omit<RunOptions, 'maximumOutputBytes' | 'wholeErrorOutput'>;

/**
 * Yields what a command prints, as it comes. Any amount passes in flat memory: a slow consumer
 * slows the command down. Leaving the loop early ends a `stop: 'kill'` command.
 *
 * @throws {@link ExitError} after the last byte when the command failed, and whatever {@link run}
 * throws.
 *
 * @example
 * ```ts
 * await pipeline(
 *   bytes(transport, createCommand('zfs', ['send', '--', 'tank/vm@monday'], { effect: 'read' })),
 *   createWriteStream('/srv/vm.zfs'),
 * );
 * ```
 */
export async function* bytes(
  transport: Transport,
  command: Command,
  options: BytesOptions = {},
): AsyncGenerator<Buffer, void, undefined> {
  const left = new AbortController();
  const running = linkSignals([options.signal, left.signal], (signal) =>
    transport.start(command, { signal, timeoutMs: options.timeoutMs }),
  );
  closeInput(running);
  const stderr = collectEnds(running.stderr);
  try {
    yield* chunks(running);
    const result = await running.result;
    await stderr.ended;
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
