import { createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';
import { manifestHead } from '../target/manifest-head.js';

/** What was kept of something that was frozen. */
export interface KeptFile {
  readonly type: 'file' | 'folder' | 'other';
  /** The length of a file, in bytes. */
  readonly sizeBytes: number;
  /** Its checksum. Undefined for what is empty, and for what is no file. */
  readonly sum: string | undefined;
}

/** What was kept of a folder when it was frozen. */
export type KeptFiles =
  | { readonly kind: 'known'; readonly files: ReadonlyMap<string, KeptFile> }
  /** There is none, it is another run's, or it is not what was written. */
  | { readonly kind: 'none' | 'other' | 'broken' };

const script = `
set -u
export LC_ALL=C
say() { printf 'kept %s\\0' "$1"; exit; }
[ -e "$1" ] || say none
[ -f "$1" ] && mapfile -d '' -t records <"$1" || say broken
# One that was cut short to nothing has no head either.
[[ \${records[0]-} = "\${2% *} "* ]] || say broken
[ "\${records[-1]}" = "end $((\${#records[@]} - 2))" ] || say broken
[ "\${records[0]}" = "$2" ] || say other
printf 'kept known\\0'
records=("\${records[@]:1:\${#records[@]}-2}")
[ "$3" = all ] && { printf '%s\\0' "\${records[@]}" end; exit; }
declare -A wanted=()
while IFS= read -r -d '' name; do wanted[/$name]=yes; done
for record in "\${records[@]}"; do
  name=\${record#? }
  case $record in
    # A socket has the letter of a checksum.
    ?' - - '*) name=\${name#- - } name=\${name%%//*} ;;
    f*) name=\${name#* } name=\${name#* } ;;
    *) name=\${name#* } ;;
  esac
  while [ -z "\${wanted[/$name]-}" ] && [[ $name = */* ]]; do name=\${name%/*}; done
  [ -z "\${wanted[/$name]-}" ] || printf '%s\\0' "$record"
done
printf 'end\\0'
`.trim();

/**
 * Prints what was kept of a folder when it was frozen, or of it only what is named, with all that
 * was below that. The names go by the standard input. See bash(1).
 */
export function keptFilesCommand(options: {
  manifest: string;
  runId: string;
  names: readonly string[] | undefined;
}): Command {
  const { manifest, names, runId } = options;
  const words = ['-c', script, 'bash', manifest, manifestHead(runId), names === undefined ? 'all' : 'named'];
  return createCommand('bash', words, { effect: 'read', stdin: (names ?? []).map((name) => `${name}\0`).join('') });
}

const fileRecord = /^f (?<size>\d+) \S+ (?<name>[^]+)$/;
const sumRecord = /^s (?<sum>[0-9a-f]{64}) (?<name>[^]+)$/;
// No name has two slashes in a row: after them stands where a symbolic link leads.
const otherRecord = /^(?<mark>\S) - - (?<name>(?:(?!\/\/)[^])+)/;

const isFolder = (mark: string): boolean => mark === 'd';

/** Reads what {@link keptFilesCommand} prints. */
export function parseKeptFiles(stdout: string): KeptFiles {
  const [head = '', ...records] = stdout.split('\0').slice(0, -1);
  const kind = head.replace(/^kept /, '');
  if (kind === 'none' || kind === 'other' || kind === 'broken') return { kind };
  if (kind !== 'known' || records.at(-1) !== 'end') {
    throw new OutputParseError('what tells of checksums was cut short', { text: stdout.slice(0, 200) });
  }
  const files = new Map<string, KeptFile>();
  for (const record of records.slice(0, -1)) {
    const {
      mark = '',
      name,
      size,
      sum,
    } = (fileRecord.exec(record) ?? sumRecord.exec(record) ?? otherRecord.exec(record))?.groups ?? {};
    if (name === undefined) return { kind: 'broken' };
    if (sum === undefined) {
      const type = size === undefined ? (isFolder(mark) ? 'folder' : 'other') : 'file';
      files.set(name, { type, sizeBytes: parseInteger('size', size ?? '0'), sum: undefined });
      continue;
    }
    // Checksums come after all that they are of.
    const file = files.get(name);
    if (file === undefined) return { kind: 'broken' };
    files.set(name, { ...file, sum });
  }
  return { kind: 'known', files };
}
