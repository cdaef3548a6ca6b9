import type { PreflightProblem } from './preflight-error.js';

/** Folder in which snapshots are mounted unless an option says otherwise. */
export const defaultMountRoot = '/run/backup';

/** Whether a path begins at the root and stays where it says. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') && !/\p{Cc}/u.test(path) && !path.split('/').includes('..');
}

/**
 * An absolute path without empty parts and dots, as the kernel names it. Another one is left as it
 * is.
 */
export function plainPath(value: string): string {
  return isAbsolute(value)
    ? `/${value
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .join('/')}`
    : value;
}

/** What is wrong with the option `mountRoot`. */
export function mountRootProblems(value: string): PreflightProblem[] {
  // Nothing but slashes is the root, too.
  if (isAbsolute(value) && /[^/.]/.test(value)) return [];
  return [{ option: 'mountRoot', value, problem: 'not an absolute path of a folder without ..' }];
}
