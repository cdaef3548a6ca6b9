import { checkArgument, InvalidArgumentError } from '@quiesce/command';

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
 * Checks a source, a destination or a list of paths of this machine, which must not be what rsync
 * takes for another machine's, as `host:data`.
 */
export function checkLocalPath(argument: string, value: string): string {
  const expected =
    'a local path, with ./ before a leading - and before a name with a colon (./a:b); ' +
    'host:path is not one: of another machine it is "user@host:path" or { host, path }';
  return checkArgument(argument, checkPath(argument, value), { pattern: localPath, expected });
}

/** Checks a path on another machine: any, as no shell there gets to see it unquoted. */
export function checkRemotePath(argument: string, value: string): string {
  const given: unknown = value;
  if (typeof given === 'string' && /^[^\0]+$/.test(given) && Buffer.byteLength(given) <= maximumBytes) return value;
  const expected = 'a path of 1 to 4095 bytes, as "/data/", or "." for the home of the user';
  throw new InvalidArgumentError({ argument, value, expected });
}

/** Checks a path from the root. */
export function checkAbsolutePath(argument: string, value: string): string {
  return checkArgument(argument, value, { pattern: /^\/[^\0]*$/, expected: 'an absolute path', maximumBytes });
}

/** Checks the path of a batch file, which rsync wants to be short. */
export function checkBatchFile(argument: string, value: string): string {
  const expected = 'a path of 1 to 256 bytes, with ./ before a leading -';
  return checkArgument(argument, value, { pattern: /^[^\0]+$/, expected, maximumBytes: 256 });
}
