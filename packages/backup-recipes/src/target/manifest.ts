import { createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';
import { manifestHead } from './manifest-head.js';
import { onTarget, targetStateFolder, type TargetPlace } from './target-commands.js';

const manifestFolder = 'manifests';

/** Where the checksums of a folder are, in a state of the target. */
export function manifestPath(at: string, folder: string): string {
  return `${at}/${targetStateFolder}/${manifestFolder}/${folder}`;
}

/*
 * A manifest is a file of records that end with NUL: its head; `f SIZE MTIME NAME` for each file,
 * `l - - NAME//WHERE` for each symbolic link (no name has two slashes in a row) and `TYPE - - NAME`
 * for all else, with `S` for a socket; `s SUM NAME` for each file that is not empty; and `end
 * COUNT` of the records between.
 */
const functions = `
set -uo pipefail
export LC_ALL=C
unset CDPATH
die() { printf '%s\\n' "$1" >&2; exit 1; }
# Nothing but these two stands in the folder: where what is written to hangs, the folder can be unmounted.
list() (
  cd -- "$1" && find . -xdev -mindepth 1 \\( -type f -printf 'f %s %T@ %P\\0' -o -type l -printf 'l - - %P//%l\\0' \\
    -o -type s -printf 'S - - %P\\0' -o -printf '%y - - %P\\0' \\)
)
# Reads names with ./ in front, ended by NUL, and prints their checksums as records. A large file is told of when it is done.
sums() (cd -- "$1" && xargs -0 -r "\${@:2}" b2sum --length=256 --zero -- | sed -z 's/^\\([0-9a-f]*\\)  \\.\\//s \\1 /')
# Splits a record of a file.
split() { rest=\${1#f } size=\${rest%% *}; rest=\${rest#* } name=\${rest#* }; }
((large = 64 * 1024 * 1024))
`.trim();

const writing = `
${functions}
folder=$1 frozen=$2 head=$3 previous=$4
manifest=$target/${targetStateFolder}/${manifestFolder}/$folder.new
work=$(mktemp -d) || exit
trap 'rm -rf -- "$work"' EXIT
list "$frozen" >"$work/list" || die "$frozen can not be read whole"
mapfile -d '' -t records <"$work/list"
declare -A known=() was=()
if [ "$previous" = reuse ] && [ -f "\${manifest%.new}" ]; then
  mapfile -d '' -t before <"\${manifest%.new}"
  # A broken one tells nothing.
  if [ "\${#before[@]}" -gt 1 ] && [ "\${before[-1]}" = "end $((\${#before[@]} - 2))" ]; then
    for record in "\${before[@]}"; do
      case $record in
        'f '*) was[$record]=yes ;;
        's '*) rest=\${record#s }; known[/\${rest#* }]=\${rest%% *} ;;
      esac
    done
  fi
fi
files=0 bytes=0 read=0
exec {small}>"$work/small" {big}>"$work/big" {sums}>"$work/sums"
for record in "\${records[@]}"; do
  [[ $record = 'f '* ]] || continue
  split "$record"
  [ "$size" -gt 0 ] || continue
  ((files += 1, bytes += size))
  # The same size and the same time to the nanosecond: rsync takes it for the same file, too.
  if [ "\${was[$record]-}" ] && [ "\${known[/$name]-}" ]; then
    printf 's %s %s\\0' "\${known[/$name]}" "$name" >&"$sums"
    continue
  fi
  ((read += size))
  if [ "$size" -lt "$large" ]; then printf './%s\\0' "$name" >&"$small"; else printf './%s\\0' "$name" >&"$big"; fi
done
exec {small}>&- {big}>&- {sums}>&-
sums "$frozen" <"$work/small" >>"$work/sums" && sums "$frozen" <"$work/big" >>"$work/sums" ||
  die "$frozen can not be read whole"
count=$(cat -- "$work/list" "$work/sums" | tr -cd '\\0' | wc -c) || exit
prove /${targetStateFolder}/${manifestFolder}
{ printf '%s\\0' "$head"; cat -- "$work/list" "$work/sums"; printf 'end %d\\0' "$count"; } >"$manifest" ||
  die "$manifest can not be written"
printf 'files %d\\0bytes %d\\0read %d\\0' "$files" "$bytes" "$read"
`;

/** Whose checksums are kept. */
export interface WriteManifestOptions {
  /** The folder of the target. */
  readonly folder: string;
  /** What it is a copy of, as it is frozen now: an absolute path. */
  readonly source: string;
  readonly runId: string;
  /**
   * Takes the checksums of files that have the size and the time that they had at the last run from
   * what was kept then.
   */
  readonly reuse: boolean;
}

/**
 * Keeps the checksums of all that lies in a folder in the target, beside those of the last run:
 * `completeFolderCommand` puts them in their place. Prints how much that was: see
 * {@link parseChecksums}. See b2sum(1) and find(1).
 */
export function writeManifestCommand(place: TargetPlace, options: WriteManifestOptions): Command {
  const { folder, reuse, runId, source } = options;
  const words = [folder, source, manifestHead(runId), reuse ? 'reuse' : 'read'];
  return onTarget(place, writing, words, { program: 'bash' });
}

/** How much was looked at for checksums. */
export interface Checksums {
  /** Files that have one: all that are not empty. */
  readonly files: number;
  /** What they hold, in bytes. */
  readonly bytes: number;
  /** Of which so many were read, and the others known from the last run. */
  readonly readBytes: number;
}

function fieldsOf(stdout: string): Map<string, string> {
  if (!stdout.endsWith('\0')) throw new OutputParseError('what tells of checksums was cut short', { text: stdout });
  return new Map(
    stdout
      .slice(0, -1)
      .split('\0')
      .map((record) => [record.replace(/ [^]*$/, ''), record.replace(/^\S* /, '')]),
  );
}

/**
 * Reads what {@link writeManifestCommand} prints.
 *
 * @throws `OutputParseError` where it was cut short.
 */
export function parseChecksums(stdout: string): Checksums {
  const fields = fieldsOf(stdout);
  const number = (name: string): number => parseInteger(name, fields.get(name) ?? '');
  return { files: number('files'), bytes: number('bytes'), readBytes: number('read') };
}

const checking = `
${functions}
folder=$1 manifest=$2 head=$3
[ -f "$manifest" ] || { printf 'unknown none\\0'; exit; }
mapfile -d '' -t records <"$manifest"
case \${records[0]-} in
  "$head") ;;
  "\${head%% *} "*) printf 'unknown other\\0'; exit ;;
  *) printf 'unknown broken\\0'; exit ;;
esac
[ "\${records[-1]}" = "end $((\${#records[@]} - 2))" ] || { printf 'unknown broken\\0'; exit; }
work=$(mktemp -d) || exit
trap 'rm -rf -- "$work"' EXIT
declare -A sizes=()
exec {kept}>"$work/kept" {wanted}>"$work/wanted" {small}>"$work/small" {big}>"$work/big"
files=0 bytes=0
for record in "\${records[@]:1:\${#records[@]}-2}"; do
  case $record in
    's '*) printf '%s\\0' "$record" >&"$wanted" ;;
    'f '*)
      split "$record"
      printf 'f %s - %s\\0' "$size" "$name" >&"$kept"
      [ "$size" -gt 0 ] || continue
      ((files += 1, bytes += size))
      sizes[/$name]=$size
      # One that is gone, or has another size, differs as it is.
      [ -f "$folder/$name" ] && [ ! -L "$folder/$name" ] && [ "$(stat --format=%s -- "$folder/$name")" = "$size" ] || continue
      if [ "$size" -lt "$large" ]; then printf './%s\\0' "$name" >&"$small"; else printf './%s\\0' "$name" >&"$big"; fi ;;
    *) printf '%s\\0' "$record" >&"$kept" ;;
  esac
done
exec {kept}>&- {wanted}>&- {small}>&- {big}>&-
printf 'total %d\\0' "$bytes"
list "$folder" | sed -z 's/^f \\([0-9]*\\) -\\{0,1\\}[0-9.]* /f \\1 - /' | sort -z >"$work/there" ||
  die "$folder can not be read whole"
# What can't be read differs, and its name is told. Progress is told of each that is done.
digest() {
  (cd -- "$folder" && xargs -0 -r "\${@:2}" b2sum --length=256 --zero --) <"$1" | sed -zu 's/^\\([0-9a-f]*\\)  \\.\\//s \\1 /' |
    tee -a "$work/found" | while IFS= read -r -d '' record; do
      record=\${record#s }
      printf 'read %d\\0' "\${sizes[/\${record#* }]}"
    done
}
: >"$work/found"
digest "$work/small"
digest "$work/big" -n 1
# What is lost on the way here would be missing among what differs.
lost() { die "what was read of $folder can not be compared: is there room in \${TMPDIR:-/tmp}, and memory?"; }
[ "$(cat -- "$work/kept" "$work/wanted" | tr -cd '\\0' | wc -c)" = $((\${#records[@]} - 2)) ] || lost
for list in kept wanted found; do sort -z -o "$work/$list" -- "$work/$list" || lost; done
comm -z3 "$work/kept" "$work/there" | sed -z 's/^\\t//; s/^. [0-9-]* - //; s|//.*||' >"$work/different" || lost
comm -z23 "$work/wanted" "$work/found" | sed -z 's/^s [0-9a-f]* //' >>"$work/different" || lost
sort -zu -o "$work/different" -- "$work/different" && sed -z 's/^/different /' "$work/different" || lost
printf 'files %d\\0bytes %d\\0' "$files" "$bytes"
`;

/** Which copy is compared with its checksums. */
export interface CheckManifestOptions {
  /** Where the copy is: an absolute path. */
  readonly folder: string;
  /** Where its manifest is: an absolute path. */
  readonly manifest: string;
  /** The run that the copy must be of. */
  readonly runId: string;
}

/**
 * Compares a folder with the checksums that were kept of it, and prints what differs while it
 * reads: see {@link parseCheck}. It succeeds in that case too. See b2sum(1).
 */
export function checkManifestCommand({ folder, manifest, runId }: CheckManifestOptions): Command {
  const words = [folder, manifest, manifestHead(runId)];
  return createCommand('bash', ['-c', checking, 'quiesce', ...words], { effect: 'read' });
}

/** A record of what {@link checkManifestCommand} prints. */
export type CheckRecord =
  /** No checksums are there, or they are another run's, or broken: nothing was compared. */
  | { readonly kind: 'unknown'; readonly why: 'none' | 'other' | 'broken' }
  /** What all files hold that have a checksum, in bytes. */
  | { readonly kind: 'total'; readonly bytes: number }
  /** Files were read: so many bytes more. */
  | { readonly kind: 'read'; readonly bytes: number }
  /** A name that is missing, surplus, of another type, size or target, or with other bytes. */
  | { readonly kind: 'different'; readonly name: string }
  | { readonly kind: 'files' | 'bytes'; readonly count: number };

/** Reads one record, without the NUL that ends it. */
export function parseCheckRecord(record: string): CheckRecord {
  const { kind, rest = '' } = /^(?<kind>\w+) (?<rest>[^]+)$/.exec(record)?.groups ?? {};
  switch (kind) {
    case 'unknown':
      if (rest !== 'none' && rest !== 'other' && rest !== 'broken') break;
      return { kind, why: rest };
    case 'total':
    case 'read':
      return { kind, bytes: parseInteger(kind, rest) };
    case 'different':
      return { kind, name: rest };
    case 'files':
    case 'bytes':
      return { kind, count: parseInteger(kind, rest) };
    default:
  }
  throw new OutputParseError('no record of a comparison with checksums', { text: record });
}
