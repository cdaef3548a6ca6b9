import { createCommand, type Command } from '@quiesce/command';
import { isRunId } from '../run-id.js';

/**
 * Prints the path of a folder without the symbolic links in it, whether it is there or not. See
 * realpath(1).
 */
export function realpathCommand(options: { folder: string }): Command {
  return createCommand('realpath', ['--canonicalize-missing', '--', options.folder], { effect: 'read' });
}

// Only what is named like a run is touched at all, so a file system that hangs beside it holds up
// nobody. One that goes away meanwhile is no failure.
const script = [
  'for root; do for folder in "$root"/[0-9]*-????????; do',
  '  [ -d "$folder" ] && [ ! -L "$folder" ] && find "$folder" -maxdepth 1 -xdev -type d -print0',
  'done; done',
  'true',
].join('\n');

/**
 * Lists the folders of runs in some folders, and those in them. What is mounted there is not looked
 * into. See find(1).
 */
export function listRunFoldersCommand(options: { roots: readonly string[] }): Command {
  return createCommand('sh', ['-c', script, 'sh', ...options.roots], { effect: 'read' });
}

/** A folder of a run, or one in it. */
export interface FoundFolder {
  readonly folder: string;
  readonly runId: string;
}

/**
 * Reads what {@link listRunFoldersCommand} prints, for one of its folders. Those in others come
 * before those.
 */
export function parseRunFolders(stdout: string, root: string): FoundFolder[] {
  return stdout
    .split('\0')
    .filter((folder) => folder.startsWith(`${root}/`))
    .flatMap((folder) => {
      const [runId = ''] = folder.slice(root.length + 1).split('/');
      return isRunId(runId) ? [{ folder, runId }] : [];
    })
    .sort((one, other) => other.folder.split('/').length - one.folder.split('/').length);
}
