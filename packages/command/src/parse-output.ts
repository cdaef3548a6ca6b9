import { OutputParseError, setCommand } from './errors.js';
import type { CommandOutput } from './run.js';

/**
 * Reads what a command printed. A failure to read it carries the command.
 *
 * @example
 * ```ts
 * const datasets = parseOutput(await run(transport, zfsListCommand()), parseZfsList);
 * ```
 */
export function parseOutput<Value>(
  { command, stdout }: Pick<CommandOutput, 'command' | 'stdout'>,
  parse: (stdout: string) => Value,
): Value {
  try {
    return parse(stdout);
  } catch (error) {
    if (OutputParseError.isInstance(error)) setCommand(error, command);
    throw error;
  }
}
