import { createCommand, type Command } from '@quiesce/command';

/** Makes folders and those above them. See mkdir(1). */
export function mkdirCommand(options: { folders: readonly string[] }): Command {
  return createCommand('mkdir', ['-p', '--', ...options.folders], { effect: 'write' });
}

/** Removes empty folders. See rmdir(1). */
export function rmdirCommand(options: { folders: readonly string[] }): Command {
  return createCommand('rmdir', ['--', ...options.folders], { effect: 'write' });
}

/** Prints something for a folder that is not empty. See find(1). */
export function firstEntryCommand(options: { folder: string }): Command {
  return createCommand('find', [options.folder, '-mindepth', '1', '-maxdepth', '1', '-printf', 'x', '-quit'], {
    effect: 'read',
  });
}
