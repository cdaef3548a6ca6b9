import { checkArgument } from '@quiesce/command';

// PATH_MAX is 4096 with the NUL at the end.
const maximumBytes = 4095;

/** Checks a path that rsync can't take for anything else, as of a directory for partial files. */
export function checkPath(argument: string, value: string): string {
  const expected = 'a path of 1 to 4095 bytes, with ./ before a leading -';
  return checkArgument(argument, value, { pattern: /^[^\0]+$/, expected, maximumBytes });
}

// rsync takes what stands before a colon for a host's name, unless a slash comes first.
const localPath = /^[^:/\0]*(?:\/[^\0]*)?$/;

/**
 * Checks a source or a destination, which must not be what rsync takes for another machine's, as
 * `host:data`.
 */
export function checkLocalPath(argument: string, value: string): string {
  const expected =
    'a local path, with ./ before a leading - and before a name with a colon (./a:b): host:path is not one';
  return checkArgument(argument, checkPath(argument, value), { pattern: localPath, expected });
}
