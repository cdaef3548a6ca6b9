import { nameOfBytes, readName, unescapeBytes, type FileName } from './file-name.js';

/** What a path is. */
export type SyncFileType = 'file' | 'directory' | 'symbolicLink' | 'device' | 'special';

/** What of a file that existed is different. */
export type SyncAttribute =
  | 'content'
  | 'size'
  | 'modificationTime'
  | 'permissions'
  | 'owner'
  | 'group'
  | 'accessTime'
  | 'creationTime'
  | 'acl'
  | 'xattr';

/**
 * One file that a run changes. Told with `itemizeChanges`, when rsync begins with it: a file whose
 * content is sent is not done yet. A path can be given back as one of `files`.
 */
export interface SyncChange {
  readonly type: 'change';
  /** Path below the destination. A byte that is not UTF-8 is written `\#ooo`, in octal. */
  readonly path: string;
  /** The bytes of a path that is not UTF-8. Undefined where `path` is exact. */
  readonly pathBytes: Uint8Array | undefined;
  /** What happens to it. `attributes` means that its content stays as it is. */
  readonly action: 'created' | 'updated' | 'hardLinked' | 'attributes' | 'deleted';
  /** Undefined for what was deleted and is no directory. */
  readonly fileType: SyncFileType | undefined;
  /** What differed, for what existed before and stays. */
  readonly attributes: readonly SyncAttribute[];
  /** rsync's own eleven letters, as `>f.st......`. */
  readonly itemized: string;
}

const fileTypes: Readonly<Record<string, SyncFileType>> = {
  f: 'file',
  d: 'directory',
  L: 'symbolicLink',
  D: 'device',
  S: 'special',
};

const attributeLetters: Readonly<Record<string, readonly SyncAttribute[]>> = {
  c: ['content'],
  s: ['size'],
  t: ['modificationTime'],
  T: ['modificationTime'],
  p: ['permissions'],
  o: ['owner'],
  g: ['group'],
  u: ['accessTime'],
  n: ['creationTime'],
  b: ['accessTime', 'creationTime'],
  a: ['acl'],
  x: ['xattr'],
};

const itemizedLetters = /^(?:([<>ch.])([fdLDS])([a-zA-Z.+? ]{9})|\*deleting {2})$/;
const blank = 0x20;

const attributesOf = (letters: string): SyncAttribute[] =>
  Array.from(letters).flatMap((letter) => attributeLetters[letter] ?? []);

function actionOf(update: string, letters: string): SyncChange['action'] {
  if (update === 'h') return 'hardLinked';
  if (letters.startsWith('+')) return 'created';
  return update === '.' ? 'attributes' : 'updated';
}

type Meaning = Pick<SyncChange, 'action' | 'fileType' | 'attributes' | 'itemized'>;

function readMeaning(letters: string): Meaning | undefined {
  const match = itemizedLetters.exec(letters);
  if (match === null) return undefined;
  const [, update, type = '', attributes = ''] = match;
  if (update === undefined) return { action: 'deleted', fileType: undefined, attributes: [], itemized: '*deleting' };
  return {
    action: actionOf(update, attributes),
    fileType: fileTypes[type],
    attributes: attributesOf(attributes),
    itemized: letters,
  };
}

// A run has few kinds of changes and may have a million of them.
const known = new Map<string, Meaning>();

/** What the eleven letters at the start of a line say, if there are any. */
function meaningOf(line: string): Meaning | undefined {
  if (line.charCodeAt(11) !== blank) return undefined;
  const letters = line.slice(0, 11);
  const found = known.get(letters);
  if (found !== undefined) return found;
  const meaning = readMeaning(letters);
  if (meaning !== undefined && known.size < 1000) known.set(letters, meaning);
  return meaning;
}

/** The change of a name, which ends with a slash for a directory. */
function changeOf({ action, attributes, fileType, itemized }: Meaning, name: string): SyncChange {
  const isDirectory = name.length > 1 && name.endsWith('/');
  const { path, pathBytes } = readName(isDirectory ? name.slice(0, -1) : name);
  const type = action === 'deleted' && isDirectory ? 'directory' : fileType;
  return { type: 'change', path, pathBytes, action, fileType: type, attributes, itemized };
}

/** Reads a line that `--out-format=%i %n` makes. Undefined for any other line. */
export function parseRsyncItemizedChange(line: string): SyncChange | undefined {
  const meaning = meaningOf(line);
  return meaning === undefined || line.length < 13 ? undefined : changeOf(meaning, line.slice(12));
}

/** One difference between source and destination, as {@link Rsync.diff} tells it. */
export interface SyncDifference extends SyncChange {
  /**
   * Its size at the source, in bytes. Of a directory that is the file system's own affair.
   * Undefined for what would be deleted.
   */
  readonly sizeBytes: number | undefined;
  /** Where a symbolic link leads to, at the source. Undefined for anything else. */
  readonly linkTarget: FileName | undefined;
  /** The file that this would become a hard link of. Undefined for anything else. */
  readonly hardLinkOf: FileName | undefined;
}

// No path of rsync's has two slashes in a row, so the first two end it.
const differenceRest = /^(?<size>\d+) (?<name>[^]*?\/?)\/\/(?<link>(?!\/)[^]*)$/;

/** Reads a line that `--out-format=%i %l %n//%L` makes. Undefined for any other line. */
export function parseRsyncDifference(line: string): SyncDifference | undefined {
  const meaning = meaningOf(line);
  if (meaning === undefined) return undefined;
  const { size, name = '', link = '' } = differenceRest.exec(line.slice(12))?.groups ?? {};
  if (size === undefined || name === '') return undefined;
  const change = changeOf(meaning, name);
  const named = (arrow: string): FileName | undefined =>
    link.startsWith(arrow) ? nameOfBytes(unescapeBytes(link.slice(arrow.length))) : undefined;
  return {
    ...change,
    sizeBytes: change.action === 'deleted' ? undefined : Number(size),
    linkTarget: named(' -> '),
    hardLinkOf: named(' => '),
  };
}
