import { createCommand, OutputParseError, type Command } from '@quiesce/command';

/** Prints the time by the clock of the host, in whole seconds of UNIX time. See date(1). */
export function clockCommand(): Command {
  return createCommand('date', ['+%s'], { effect: 'read' });
}

/** Reads what {@link clockCommand} prints. */
export function parseClock(stdout: string): Date {
  const text = stdout.trim();
  if (!/^\d{1,11}$/.test(text)) throw new OutputParseError('date did not tell the time', { text });
  return new Date(Number(text) * 1000);
}
