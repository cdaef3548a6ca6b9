import { withDeadline } from './deadline.js';
import { OutputParseError, type CallOptions, type Command, type CommandRunner } from '@quiesce/command';

/** What {@link readRows} asks, and how the answers are read. */
export interface RowQuestion<Row> {
  /**
   * Prints which rows there are, without anything that a user can write. Undefined where the
   * options say it.
   */
  readonly names: Command | undefined;
  /** Prints the rows. */
  readonly rows: Command;
  /** Reads them, and refuses rows that were not named. */
  readonly parse: (stdout: string, names: string | undefined) => Row[];
}

const maximumAttempts = 3;

/**
 * Asks which rows there are, then for the rows. What comes or goes in between makes the answers
 * differ, so that they are asked for again; a forged row makes them differ each time.
 */
export async function readRows<Row>(
  zfs: CommandRunner,
  call: CallOptions,
  { names, rows, parse }: RowQuestion<Row>,
): Promise<Row[]> {
  return withDeadline(call, rows, async ({ call: left }) => {
    for (let attempt = 1; ; attempt += 1) {
      const named = names === undefined ? undefined : (await zfs.run(names, left())).stdout;
      try {
        return await zfs.read(rows, left(), (stdout) => parse(stdout, named));
      } catch (error) {
        const final = names === undefined || attempt === maximumAttempts;
        if (final || !OutputParseError.isInstance(error)) throw error;
      }
    }
  });
}
