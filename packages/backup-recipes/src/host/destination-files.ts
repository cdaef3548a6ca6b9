import { createCommand, parseInteger, type Command } from '@quiesce/command';

const zeroEnded = (names: readonly string[]): string => names.map((name) => `${name}\0`).join('');

/** Tells how much room is on the file system of a folder, in bytes. See df(1). */
export function freeSpaceCommand(options: { folder: string }): Command {
  return createCommand('df', ['--block-size=1', '--output=avail', '--', options.folder], { effect: 'read' });
}

/** Reads what {@link freeSpaceCommand} prints. */
export function parseFreeSpace(stdout: string): number {
  return parseInteger('avail', stdout.split('\n')[1]?.trim() ?? '');
}

/**
 * Tells which file a path is, behind its symbolic links. What is not there is left out. The paths
 * come by the standard input. See stat(1).
 */
export function fileIdentitiesCommand(options: { paths: readonly string[] }): Command {
  const stat = ['stat', '--dereference', String.raw`--printf=%d:%i %n\0`, '--'];
  const stdin = zeroEnded(options.paths);
  return createCommand('xargs', ['--null', '--no-run-if-empty', ...stat], { effect: 'read', stdin });
}

/** Reads what {@link fileIdentitiesCommand} prints: by path, what is the same for the same file. */
export function parseFileIdentities(stdout: string): ReadonlyMap<string, string> {
  return new Map(
    stdout
      .split('\0')
      .slice(0, -1)
      .map((row) => [row.replace(/^\S+ /, ''), row.replace(/ [^]*$/, '')]),
  );
}

/** What a path is. */
export type FileKind = 'file' | 'folder' | 'link' | 'device' | 'other';

/**
 * Tells what paths are, or what their symbolic links lead to. What is not there is left out. The
 * paths go by the standard input. See stat(1).
 */
export function fileKindsCommand(options: { paths: readonly string[]; behindLinks: boolean }): Command {
  const { behindLinks, paths } = options;
  const stat = ['stat', ...(behindLinks ? ['--dereference'] : []), String.raw`--printf=%f %n\0`, '--'];
  const stdin = zeroEnded(paths);
  return createCommand('xargs', ['--null', '--no-run-if-empty', ...stat], { effect: 'read', stdin });
}

const kinds: Readonly<Record<string, FileKind>> = { 2: 'device', 4: 'folder', 6: 'device', 8: 'file', a: 'link' };

/** Reads what {@link fileKindsCommand} prints, by path. */
export function parseFileKinds(stdout: string): ReadonlyMap<string, FileKind> {
  return new Map(
    stdout.split('\0').flatMap((row): [string, FileKind][] => {
      // The mode, of which the first of four hexadecimal digits is the type.
      const { name, type } = /^(?<type>[0-9a-f]?)[0-9a-f]{3} (?<name>[^]+)$/.exec(row)?.groups ?? {};
      return name === undefined ? [] : [[name, kinds[type ?? ''] ?? 'other']];
    }),
  );
}
