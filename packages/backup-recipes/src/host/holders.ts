import { createCommand, type Command } from '@quiesce/command';

/** Names the processes that use a mounted file system. See fuser(1). */
export function holdersCommand(options: { folder: string }): Command {
  return createCommand('fuser', ['-v', '-m', options.folder], { effect: 'read' });
}

/** The processes that `fuser -v` names on standard error, as `rsync (1234)`. */
export function parseHolders(stderr: string): string[] {
  return [...stderr.matchAll(/^.*?\s(?<pid>\d+)\s+\S+\s+(?<name>.+)$/gm)].map(({ groups }) => {
    return `${groups?.['name']?.trim() ?? ''} (${groups?.['pid'] ?? ''})`;
  });
}
