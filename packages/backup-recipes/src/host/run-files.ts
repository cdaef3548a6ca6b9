import { createCommand, type Command } from '@quiesce/command';
import { stateFolder } from '../run-folder.js';

/** Writes a file into a folder that only root can look into, and makes the folder. See sh(1). */
export function writeRunFileCommand(options: { folder: string; name: string; content: string }): Command {
  const { folder, name, content } = options;
  const script = 'umask 077 && mkdir -p -- "$1" && cat >"$1/$2"';
  return createCommand('sh', ['-c', script, 'sh', folder, name], { stdin: content, effect: 'write' });
}

/** Prints a file. See cat(1). */
export function readFileCommand(options: { file: string }): Command {
  return createCommand('cat', ['--', options.file], { effect: 'read' });
}

/** Removes the folders of runs with everything in them, and no other folder. See rm(1). */
export function removeRunFoldersCommand(options: { runIds: readonly string[] }): Command {
  const folders = options.runIds.map((runId) => `${stateFolder}/${runId}`);
  return createCommand('rm', ['-rf', '--one-file-system', '--', ...folders], { effect: 'write' });
}
