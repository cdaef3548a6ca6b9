import { createCommand, type Command } from '@quiesce/command';

/** Names the processes that use a mounted file system. See fuser(1). */
export function holdersCommand(options: { folder: string }): Command {
  return createCommand('fuser', ['-v', '-m', options.folder], { effect: 'read' });
}

/**
 * The processes that `fuser -v` names, as `qemu-system-x86 (994)`. It prints a table on standard error and leaves the column
 * of process ids to standard output, where the kernel's own use is the word `kernel`.
 */
export function parseHolders({ stdout, stderr }: { stdout: string; stderr: string }): string[] {
  const ids = stdout.trim().split(/\s+/);
  const rows = stderr.split('\n').slice(1);
  return ids.flatMap((id, index) => {
    const { name } = /^(?:\S.*:)?\s+\S+\s+(?:\S+)\s+(?<name>\S.*)$/.exec(rows[index] ?? '')?.groups ?? {};
    return /^\d+$/.test(id) ? [`${name ?? 'a process'} (${id})`] : [];
  });
}
