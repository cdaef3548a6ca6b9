import { createCommand, type Command } from '@quiesce/command';

const script = [
  'for program; do',
  '  if command -v -- "$program" >/dev/null; then printf \'%s\\n\' "$program"; fi',
  'done',
].join('\n');

/** Tells which programs the host has. See sh(1), `command`. */
export function programsCommand(options: { programs: readonly string[] }): Command {
  return createCommand('sh', ['-c', script, 'sh', ...options.programs], { effect: 'read' });
}

/** Reads what {@link programsCommand} prints. */
export function parsePrograms(stdout: string): ReadonlySet<string> {
  return new Set(stdout.split('\n').filter((line) => line !== ''));
}
