import { createCommand, type Command } from '@quiesce/command';

/** Names the processes that use a mounted file system. See fuser(1). */
export function holdersCommand(options: { folder: string }): Command {
  return createCommand('fuser', ['-v', '-m', options.folder], { effect: 'read' });
}

// Some versions print the process id here as well.
const row = /^(?:\S.*:)?\s+\S+\s+(?:(?:\d+|kernel)\s+)?(?<access>mount|[.\w]{5})\s+(?<name>\S.*)$/;

/**
 * The processes that `fuser -v` names, as `qemu-system-x86 (994)`. It prints a table on standard
 * error and leaves the column of process ids to standard output, where the kernel's own use is the
 * word `kernel`.
 */
export function parseHolders({ stdout, stderr }: { stdout: string; stderr: string }): string[] {
  const ids = stdout.split(/\s+/).filter((word) => /^\d+$/.test(word));
  const lines = stderr.split('\n');
  // sudo may have said something before the heading.
  const rows = lines.slice(lines.findIndex((line) => /^\s+USER\s/.test(line)) + 1).flatMap((line) => {
    const { access, name } = row.exec(line)?.groups ?? {};
    return name === undefined || access === 'mount' ? [] : [name];
  });
  return ids.map((id, index) => `${rows[index] ?? 'a process'} (${id})`);
}
