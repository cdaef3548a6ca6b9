import { parseOutput, type CallOptions, type Command, type CommandRunner } from '@quiesce/command';

/** Reads the lines of an output, as they come. */
export interface LineReader<Row> {
  /** The rows that these lines finish. */
  push(lines: readonly string[]): Row[];
  /** Those that the output ended with. */
  end(): Row[];
}

/**
 * Yields rows while they are printed, in flat memory: none of their values may be one that users
 * write. A failure to read one carries the command.
 */
export async function* streamRows<Row>(
  zfs: CommandRunner,
  call: CallOptions,
  command: Command,
  reader: LineReader<Row>,
): AsyncGenerator<Row, void, undefined> {
  const read = (rows: () => Row[]): Row[] => parseOutput({ command, stdout: '' }, rows);
  for await (const lines of zfs.lineBatches(command, call)) {
    for (const row of read(() => reader.push(lines))) yield row;
  }
  for (const row of read(() => reader.end())) yield row;
}
