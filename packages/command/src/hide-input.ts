import { inspect } from 'node:util';
import type { Command } from './command.js';

/**
 * Gives a command that carries input a way to be shown without it: it may be a key or a password,
 * and commands go into logs. The command stays plain data; what copies it property by property
 * copies the input too.
 */
export function hideInput(command: Command): Command {
  const { stdin } = command;
  if (stdin === undefined) return command;
  const shown = (): object => ({ ...command, stdin: `[${String(Buffer.byteLength(stdin))} bytes]` });
  return Object.defineProperties(command, { toJSON: { value: shown }, [inspect.custom]: { value: shown } });
}
