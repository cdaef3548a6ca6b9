import { isUtf8 } from 'node:buffer';
import { OutputParseError } from '@quiesce/command';

/** What a file is, in the words of zfs-diff(8). */
export type FileKind =
  | 'file'
  | 'directory'
  | 'symbolic link'
  | 'block device'
  | 'character device'
  | 'named pipe'
  | 'socket'
  | 'door'
  | 'event port'
  | 'unknown';

/** What each change tells of its file. */
export interface ChangedFile {
  /** What the file is. */
  readonly kind: FileKind;
  /**
   * Where it is, or was, from the root of the host: below the place where the file system is
   * mounted. Extended attributes that are kept as files are below `<xattrdir>`.
   */
  readonly path: string;
  /**
   * The bytes of a path that is not UTF-8: `path` has `U+FFFD` in place of what can't be read.
   * Undefined where `path` is exact.
   */
  readonly pathBytes: Uint8Array | undefined;
  /** When the file changed last; of one that was removed, when it had last changed before. */
  readonly changedAt: Date;
}

/** A file that was made or removed. One that was replaced is both. */
export interface CreatedOrRemovedFile extends ChangedFile {
  readonly change: 'created' | 'removed';
}

/** A file whose content or attributes changed; of a directory, which files it has. */
export interface ModifiedFile extends ChangedFile {
  readonly change: 'modified';
  /** How many hard links more it has, or fewer. 0 where that did not change. */
  readonly linkDelta: number;
}

/** A file that has another path now. It may be modified too. */
export interface RenamedFile extends ChangedFile {
  readonly change: 'renamed';
  /** Where it is now. */
  readonly newPath: string;
  /** The bytes of a new path that is not UTF-8. Undefined where `newPath` is exact. */
  readonly newPathBytes: Uint8Array | undefined;
}

/** One change as {@link Zfs.diff} returns it. */
export type FileChange = CreatedOrRemovedFile | ModifiedFile | RenamedFile;

const kinds: Readonly<Record<string, FileKind>> = {
  F: 'file',
  '/': 'directory',
  '@': 'symbolic link',
  B: 'block device',
  C: 'character device',
  '|': 'named pipe',
  '=': 'socket',
  '>': 'door',
  P: 'event port',
};

const rowPattern = /^ *(?<seconds>-?\d+)\.(?<nanoseconds>\d{9})\t(?<change>[-+MR])\t(?<letter>[^\t])\t(?<rest>.+)$/;
const pathPattern = /^(?:[!-[\]-~]|\\0[0-3][0-7]{2})+$/;
const deltaPattern = /^\([+-]\d+\)$/;

/** The path that is meant: a byte that is not printable, and a backslash, come in octal. */
function readPath(text: string, line: string): { readonly path: string; readonly bytes: Uint8Array | undefined } {
  if (!pathPattern.test(text)) throw new OutputParseError('a path of zfs diff is not as expected', { text: line });
  const characters = text.replaceAll(/\\0([0-3][0-7]{2})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  // The root of the file system comes with a slash at its end, and nothing else does.
  const bytes = Buffer.from(characters.replace(/(?<=.)\/$/s, ''), 'latin1');
  return { path: bytes.toString(), bytes: isUtf8(bytes) ? undefined : bytes };
}

/** Reads one line of what the command of {@link Zfs.diff} prints. */
export function parseZfsDiffLine(line: string): FileChange {
  const { change, letter = '', nanoseconds, rest = '', seconds } = rowPattern.exec(line)?.groups ?? {};
  const [oldPath = '', added, ...more] = rest.split('\t');
  const asExpected =
    more.length === 0 &&
    (change === 'R' ? added !== undefined : added === undefined || (change === 'M' && deltaPattern.test(added)));
  if (change === undefined || !asExpected) {
    throw new OutputParseError('a row of zfs diff is not as expected', { text: line });
  }
  const { path, bytes: pathBytes } = readPath(oldPath, line);
  const changedAt = new Date(Number(seconds) * 1000 + Math.floor(Number(nanoseconds) / 1_000_000));
  const file: ChangedFile = { kind: kinds[letter] ?? 'unknown', path, pathBytes, changedAt };
  if (change === 'R') {
    const { path: newPath, bytes: newPathBytes } = readPath(added ?? '', line);
    return { change: 'renamed', ...file, newPath, newPathBytes };
  }
  if (change === 'M') {
    return { change: 'modified', ...file, linkDelta: added === undefined ? 0 : Number(added.slice(1, -1)) };
  }
  return { change: change === '+' ? 'created' : 'removed', ...file };
}
