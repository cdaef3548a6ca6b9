import type { Command } from './command.js';
import { disposalOf, type DisposalOf } from './disposal.js';
import type { CommandResult, Transport } from './transport.js';

/** One command that went through {@link recording}. */
export interface CommandRecord {
  readonly command: Command;
  /** When it was started. */
  readonly startedAt: Date;
  /** How it ended. Undefined while it runs and where it failed to. */
  readonly result: CommandResult | undefined;
  /** Why there is no result: not started, aborted, timed out or lost. */
  readonly error: unknown;
}

/** A {@link Transport} that remembers what it ran. */
export interface RecordingTransport extends Transport {
  /** Everything started so far, in order. */
  readonly records: readonly CommandRecord[];
}

/**
 * Hands every command on to another transport and remembers it: for logs, measurements and tests.
 * Disposed of, it disposes of the other.
 *
 * @example
 * ```ts
 * const transport = recording(localTransport());
 * await createLvm({ transport }).lvs();
 * for (const { command, result } of transport.records)
 *   console.log(toShell(command), result?.durationMs);
 * ```
 */
export function recording<Inner extends Transport>(transport: Inner): RecordingTransport & DisposalOf<Inner> {
  const records: CommandRecord[] = [];
  return {
    name: transport.name,
    records,
    start: (command, options) => {
      const index = records.length;
      const record: CommandRecord = { command, startedAt: new Date(), result: undefined, error: undefined };
      records.push(record);
      const running = transport.start(command, options);
      running.result.then(
        (result) => {
          records[index] = { ...record, result };
        },
        (error: unknown) => {
          records[index] = { ...record, error };
        },
      );
      return running;
    },
    runs: (command) => transport.runs?.(command) ?? true,
    ...disposalOf(transport),
  };
}
