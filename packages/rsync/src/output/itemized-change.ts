import { unescapeName } from './text.js';

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

/** One file that a run changes. Told with `itemizeChanges`. */
export interface SyncChange {
  readonly type: 'change';
  /** Path below the destination. A byte that is not UTF-8 is written `\#ooo`, in octal. */
  readonly path: string;
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

const itemizedLine = /^(?:([<>ch.])([fdLDS])([a-zA-Z.+? ]{9})|\*deleting {2}) ([^]+)$/;

function actionOf(update: string, letters: string): SyncChange['action'] {
  if (update === 'h') return 'hardLinked';
  if (letters.startsWith('+')) return 'created';
  return update === '.' ? 'attributes' : 'updated';
}

/** Reads a line that `--out-format=%i %n` makes. Undefined for any other line. */
export function parseRsyncItemizedChange(line: string): SyncChange | undefined {
  const [, update, type = '', letters = '', name = ''] = itemizedLine.exec(line) ?? [];
  if (name === '') return undefined;
  const itemized = line.slice(0, 11).trimEnd();
  const path = unescapeName(name.length > 1 ? name.replace(/\/$/, '') : name);
  if (update === undefined) {
    const fileType = name.endsWith('/') ? 'directory' : undefined;
    return { type: 'change', path, action: 'deleted', fileType, attributes: [], itemized };
  }
  const attributes = Array.from(letters).flatMap((letter) => attributeLetters[letter] ?? []);
  return { type: 'change', path, action: actionOf(update, letters), fileType: fileTypes[type], attributes, itemized };
}
