import { parseOutput, type CallOptions, type Command, type CommandRunner } from '@quiesce/command';
import { rowReader, type RowFormat } from './output-rows.js';

/** What {@link streamRows} asks, and how each row is read. */
export interface RowStream<Row> {
  /** Prints the rows: none of their values may be one that users write. */
  readonly command: Command;
  readonly format: RowFormat<string>;
  readonly read: (cells: readonly string[]) => Row;
}

/**
 * Yields rows while they are printed, in flat memory. A failure to read one carries the command.
 */
export async function* streamRows<Row>(
  zfs: CommandRunner,
  call: CallOptions,
  { command, format, read }: RowStream<Row>,
): AsyncGenerator<Row, void, undefined> {
  const reader = rowReader(format);
  const parsed = (rows: () => string[][]): Row[] => parseOutput({ command, stdout: '' }, () => rows().map(read));
  for await (const lines of zfs.lineBatches(command, call)) {
    for (const row of parsed(() => reader.push(lines))) yield row;
  }
  for (const row of parsed(() => reader.end())) yield row;
}
