import type { ExitErrorOptions } from '@quiesce/command';

/** What the command is about, where zfs does not name it: its last word. */
export function subject({ command }: ExitErrorOptions): string {
  return command.args.at(-1) ?? '';
}

/** The names below a sentence, one in a line. */
export function listed(names: string): string[] {
  return names.split('\n').filter((line) => line !== '' && !line.includes("'"));
}
