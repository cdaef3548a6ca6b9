import { createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';
import { inOwnMounts, snapshotFunctions } from './in-snapshot.js';

/** How large a file is. */
export interface FileSize {
  /** Its length, in bytes. */
  readonly sizeBytes: number;
  /** What it takes up on its file system, in bytes: less where it has holes, or is compressed. */
  readonly allocatedBytes: number;
}

/** A file in a state of a target. */
export interface StateFile {
  /** Name of the ZFS snapshot. Undefined for now. */
  readonly snapshot: string | undefined;
  /** Its path in the folder of the target. */
  readonly file: string;
}

const script = `
set -u
${snapshotFunctions}
target=$1 mounted=
there=yes
while IFS= read -r -d '' snapshot && IFS= read -r -d '' file; do
  if [ "$snapshot" != "$mounted" ]; then
    [ -z "$mounted" ] || [ -z "$there" ] || unmount_snapshot "$target"
    mounted=$snapshot there=yes
    [ -z "$snapshot" ] || mount_snapshot "$snapshot" "$target" 2>/dev/null || there=
  fi
  [ "$there" ] && [ -f "$target/$file" ] && [ ! -L "$target/$file" ] || continue
  stat --printf='%s %b %B ' -- "$target/$file" && printf '%s\\0%s\\0' "$snapshot" "$file"
done
`.trim();

/**
 * Tells the sizes of regular files in the states of a target. What is not there is left out. See
 * stat(1).
 */
export function fileSizesCommand(options: { targetFolder: string; files: readonly StateFile[] }): Command {
  const { files, targetFolder } = options;
  const stdin = files.map(({ file, snapshot = '' }) => `${snapshot}\0${file}\0`).join('');
  return inOwnMounts(createCommand('bash', ['-c', script, 'bash', targetFolder], { stdin, effect: 'read' }));
}

const row = /^(?<size>\d+) (?<blocks>\d+) (?<unit>\d+) (?<snapshot>[^]*)$/;

/** What names a file in {@link parseFileSizes}. */
export function sizeKey({ file, snapshot = '' }: StateFile): string {
  return `${snapshot}\0${file}`;
}

/** Reads what {@link fileSizesCommand} prints, by {@link sizeKey}. */
export function parseFileSizes(stdout: string): ReadonlyMap<string, FileSize> {
  const words = stdout.split('\0').slice(0, -1);
  const found = new Map<string, FileSize>();
  for (let index = 0; index < words.length; index += 2) {
    const [text = '', file] = [words[index], words[index + 1]];
    const { blocks, size, snapshot, unit } = row.exec(text)?.groups ?? {};
    if (snapshot === undefined || file === undefined) {
      throw new OutputParseError('stat did not tell what it was asked for', { text });
    }
    const allocatedBytes = parseInteger('blocks', blocks ?? '') * parseInteger('unit', unit ?? '');
    found.set(sizeKey({ snapshot, file }), { sizeBytes: parseInteger('size', size ?? ''), allocatedBytes });
  }
  return found;
}
