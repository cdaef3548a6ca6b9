import { createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';
import { runFolder, stateFolder } from '../run-folder.js';
import { isRunId } from '../run-id.js';

const zeroEnded = (names: readonly string[]): string => names.map((name) => `${name}\0`).join('');

/** Something that lies in a folder. */
export interface FolderEntry {
  /** Its path in the folder. */
  readonly name: string;
  readonly type: 'file' | 'folder' | 'other';
  /** The length of a file, in bytes. */
  readonly sizeBytes: number;
  /** What it takes up, in bytes. */
  readonly allocatedBytes: number;
}

const listing = `
set -u
cd -- "$1" || exit
tell() { find "$@" -printf '%y %s %b %p\\0'; }
[ "$2" = all ] && { tell . -xdev -mindepth 1; exit; }
while IFS= read -r -d '' name; do
  # A link on the way leads to what is in no backup, as the file that it was made from.
  at=. rest=$name parts=0
  while [[ $rest = */* ]] && at=$at/\${rest%%/*} rest=\${rest#*/} && ((parts += 1)); do
    [ ! -L "$at" ] || { printf 'linked %d 0 ./%s\\0' "$parts" "$name"; continue 2; }
  done
  if [ -e "./$name" ] || [ -L "./$name" ]; then tell "./$name" -xdev; else printf 'missing 0 0 ./%s\\0' "$name"; fi
done
`.trim();

/**
 * Lists what lies in a folder, or of it only what is named, with all that is below that: folders
 * before what is in them. The names come by the standard input. See find(1).
 */
export function listEntriesCommand(options: { folder: string; names: readonly string[] | undefined }): Command {
  const { folder, names } = options;
  const words = ['-c', listing, 'bash', folder, names === undefined ? 'all' : 'named'];
  return createCommand('bash', words, { effect: 'read', stdin: zeroEnded(names ?? []) });
}

const entry = /^(?<type>\S+) (?<size>\d+) (?<blocks>\d+) \.\/(?<name>[^]+)$/;

/** What was asked of a folder. */
export interface ListedEntries {
  readonly entries: FolderEntry[];
  /** Names that are not there. */
  readonly missing: string[];
  /** Names with a symbolic link on the way, which leads out of the folder or elsewhere in it. */
  readonly linked: { readonly name: string; readonly link: string }[];
  /** Entries that are sockets: tar packs none. */
  readonly sockets: string[];
}

/** Reads what {@link listEntriesCommand} prints. */
export function parseEntries(stdout: string): ListedEntries {
  const missing: string[] = [];
  const linked: { name: string; link: string }[] = [];
  const sockets: string[] = [];
  const entries = stdout
    .split('\0')
    .slice(0, -1)
    .flatMap((text): FolderEntry[] => {
      const { blocks = '', name, size = '', type } = entry.exec(text)?.groups ?? {};
      if (name === undefined) throw new OutputParseError('find did not tell what it was asked for', { text });
      if (type === 'missing') {
        missing.push(name);
        return [];
      }
      if (type === 'linked') {
        linked.push({ name, link: name.split('/').slice(0, parseInteger('parts', size)).join('/') });
        return [];
      }
      if (type === 's') sockets.push(name);
      const kind = type === 'f' ? 'file' : type === 'd' ? 'folder' : 'other';
      const isFile = kind === 'file';
      const allocatedBytes = isFile ? parseInteger('blocks', blocks) * 512 : 0;
      return [{ name, type: kind, sizeBytes: isFile ? parseInteger('size', size) : 0, allocatedBytes }];
    });
  return { entries, linked, missing, sockets };
}

/** Bytes of one record of tar. */
const recordBytes = 10_240;
const recordsPerTold = 1600;
const tarFlags = ['--sparse', '--numeric-owner', '--acls', '--xattrs', '--xattrs-include=*'];

/** Packs what lies in a folder, by the names that come by its standard input. See tar(1). */
export function packCommand(options: { folder: string; names: readonly string[] }): Command {
  const { folder, names } = options;
  const words = ['--create', '--format=pax', '--no-recursion', ...tarFlags, `--directory=${folder}`];
  const list = ['--null', '--verbatim-files-from', '--files-from=-'];
  const stdin = zeroEnded(names.map((name) => `./${name}`));
  return createCommand('tar', [...words, ...list], { effect: 'read', stdin });
}

/** Unpacks into a folder. See tar(1). */
export function unpackCommand(options: { folder: string }): Command {
  const words = ['--extract', '--same-owner', '--same-permissions', ...tarFlags, `--directory=${options.folder}`];
  return createCommand('tar', words, { effect: 'write', stop: 'kill' });
}

const copying = `
set -u -o pipefail
from=$1 to=$2
shift 2
tar --create --format=pax --no-recursion "$@" --directory="$from" --null --verbatim-files-from --files-from=- \\
  --checkpoint=${String(recordsPerTold)} --checkpoint-action='echo=copied %u' |
  tar --extract --same-owner --same-permissions "$@" --directory="$to"
`.trim();

/**
 * Copies files on one host, with their holes, owners and modes. While it does it prints how far it
 * is: see {@link copiedBytes}. See tar(1).
 */
export function copyFilesCommand(options: { from: string; to: string; names: readonly string[] }): Command {
  const { from, names, to } = options;
  const script = `{ { ${copying}\n} 2>&1 >&3 3>&- | while IFS= read -r line; do
    case $line in *': copied '*) printf '%s\\n' "$line" ;; *) printf '%s\\n' "$line" >&2 ;; esac
  done; exit "\${PIPESTATUS[0]}"; } 3>&1`;
  const stdin = zeroEnded(names.map((name) => `./${name}`));
  return createCommand('bash', ['-c', script, 'bash', from, to, ...tarFlags], { effect: 'write', stop: 'kill', stdin });
}

/** How much has been copied, by a line of what {@link copyFilesCommand} prints. */
export function copiedBytes(line: string): number | undefined {
  const { count } = /: copied (?<count>\d+)$/.exec(line)?.groups ?? {};
  return count === undefined ? undefined : Number(count) * recordBytes;
}

/** What the folders of restores that go on are called. */
const restoreFolderPrefix = '.quiesce-restore-';
// With the id of a run, as `isRunId` has it: others may have such names too.
const restoreFolderPattern = String.raw`\.quiesce-restore-[0-9]+-[0-9a-f]{8}`;

const opening = `
set -eu
umask 077
root=$1 folder=$2 run=$3 link=$4
mkdir -p -- "$root"
# What restores that are over have left there: only one goes on at a time.
(cd -- "$root" && find . -maxdepth 1 -type d -regextype posix-extended \\
  -regex '\\./${restoreFolderPattern}' -exec rm -rf --one-file-system -- {} +)
# By this it is found, should nobody be left to remove it.
mkdir -p -- "$run"
ln -sfn -- "$root/$folder" "$link"
mkdir -- "$root/$folder"
`.trim();

/** The folder that files are restored into before they are moved. */
export interface RestoreFolder {
  /** The folder that it lies in. */
  readonly root: string;
  readonly runId: string;
  /** Its number among those of the run. */
  readonly number: number;
}

function restoreWords({ number, root, runId }: RestoreFolder): string[] {
  return [root, `${restoreFolderPrefix}${runId}`, runFolder(runId), `${runFolder(runId)}/restore-${String(number)}`];
}

/** Where it is. */
export function restoreFolderOf({ root, runId }: Omit<RestoreFolder, 'number'>): string {
  return `${root === '/' ? '' : root}/${restoreFolderPrefix}${runId}`;
}

/** Makes it, and notes where it is in the folder of the run. See mkdir(1). */
export function openRestoreCommand(folder: RestoreFolder): Command {
  return createCommand('sh', ['-c', opening, 'sh', ...restoreWords(folder)], { effect: 'write' });
}

const closing = `
root=$1 folder=$2 run=$3 link=$4
rm -rf --one-file-system -- "$root/$folder" && rm -f -- "$link" || exit
rmdir --ignore-fail-on-non-empty -- "$run" 2>/dev/null
true
`.trim();

/** Removes it, with what is in it. See rm(1). */
export function closeRestoreCommand(folder: RestoreFolder): Command {
  return createCommand('sh', ['-c', closing, 'sh', ...restoreWords(folder)], { effect: 'write' });
}

const finding = `
[ -d "$1" ] || exit 0
find "$1" -mindepth 2 -maxdepth 2 -type l -name 'restore-*' -printf '%P\\0%l\\0'
`.trim();

/** Lists the folders of restores, by what the folders of their runs say. See find(1). */
export function listRestoresCommand(): Command {
  return createCommand('sh', ['-c', finding, 'sh', stateFolder], { effect: 'read' });
}

/** Reads what {@link listRestoresCommand} prints. What is not named like one is none. */
export function parseRestores(stdout: string): RestoreFolder[] {
  const words = stdout.split('\0').slice(0, -1);
  return words.flatMap((link, index): RestoreFolder[] => {
    const { number, runId = '' } = /^(?<runId>[^/]+)\/restore-(?<number>\d+)$/.exec(link)?.groups ?? {};
    const folder = words[index + 1] ?? '';
    const name = `/${restoreFolderPrefix}${runId}`;
    if (index % 2 === 1 || number === undefined || !isRunId(runId) || !folder.endsWith(name)) return [];
    const root = folder.slice(0, -name.length);
    return [{ root: root === '' ? '/' : root, runId, number: Number(number) }];
  });
}
