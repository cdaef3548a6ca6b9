import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether a name or path is that of a program, as `exec` would look for it. */
export function isProgram(file: string, path: string, cwd = '.'): boolean {
  const directories = file.includes('/') ? [''] : path.split(':');
  return directories.some((directory) => isExecutable(resolve(cwd, directory, file)));
}
