import { createHash } from 'node:crypto';
import { createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';

/**
 * How a copy is compared with its source, both read on the host. `full`: every byte. `sampled`: 256
 * of the files up to 4 MiB, chosen by chance, and of each larger one its ends and 32 other places.
 * Names, types and sizes of all files in either case.
 */
export type Verification = 'sampled' | 'full';

/** Which copy is compared with what. */
export interface VerifyOptions {
  /** Absolute path. */
  readonly source: string;
  /** Absolute path. */
  readonly copy: string;
  readonly verification: Verification;
  /** What is looked at follows from it: the id of the run. */
  readonly seed: string;
}

/** What a comparison found. */
export interface VerificationResult {
  /**
   * Files whose bytes were compared, all or some. What are links to one file on both sides counts
   * once.
   */
  readonly files: number;
  /** Bytes compared. */
  readonly bytes: number;
  /**
   * How many names differ: missing, surplus, of another type, size or target, or with other bytes.
   */
  readonly differences: number;
  /** The first 20 of them. */
  readonly different: readonly string[];
}

const script = `set -uo pipefail
export LC_ALL=C
unset CDPATH
source=$1 copy=$2 verification=$3 state=$4
((mib = 1024 * 1024, whole = 10 * mib, small = 4 * mib, piece = mib / 4))

die() { printf '%s\\n' "$1" >&2; exit 1; }

# By way of a file: bash reads a pipe byte by byte.
read_records() {
  local file to from
  file=$(mktemp) && exec {to}>"$file" {from}<"$file" && rm -f -- "$file" || exit
  "$@" >&"$to" || exit
  mapfile -d '' -t -u "$from" records
  exec {to}>&- {from}<&-
}

# The type of each file, its size if it has one, its name, and where a symbolic link leads: no name
# has two slashes in a row.
list() {
  (cd -- "$1" && find . -xdev -mindepth 1 \\( -type f -printf 'f %s %P\\0' -o -type l -printf 'l - %P//%l\\0' \\
    -o -printf '%y - %P\\0' \\) | sort -z)
  # Of a folder that could not be read whole nothing is said.
  [ $? -eq 0 ] || printf 'z - %s\\0' "$1"
}
compared_lists() { comm -z <(list "$source") <(list "$copy"); }

# Names of one file, with its inode.
linked() { (cd -- "$1" && find . -xdev -type f -links +1 -printf '%i %P\\0'); }

declare -A differs=()
different=()
differ() {
  [ -z "\${differs[/$1]-}" ] || return 0
  differs[/$1]=yes
  different+=("$1")
}

# A number from 0 up to another one, the same from the same seed everywhere.
draw() {
  state=$((state * 6364136223846793005 + 1442695040888963407))
  drawn=$(((state >> 17 & 0x3fffffffffff) % $1))
}

files=0 bytes=0

# Compares a part of a file, from and for so many bytes. Without them, all of it.
same() {
  cmp -s \${2+--ignore-initial="$2" --bytes="$3"} -- "$source/$1" "$copy/$1"
  case $? in
    0) return 0 ;;
    1) differ "$1"; return 1 ;;
    *) cmp -- "$source/$1" "$copy/$1" | head -c 1000 >&2; die 'a file can not be compared' ;;
  esac
}

# All files of a batch one after the other. Where it can't, what it says is another thing on either
# side.
pour() { cd -- "$1" && printf './%s\\0' "\${batch[@]}" | xargs -0 cat -- || printf '%s' "$1"; }

batch=() held=0
flush() {
  local name
  [ "\${#batch[@]}" -gt 0 ] || return 0
  if ! cmp -s <(pour "$source" 2>&-) <(pour "$copy" 2>&-); then
    for name in "\${batch[@]}"; do same "$name"; done
  fi
  files=$((files + \${#batch[@]})) bytes=$((bytes + held))
  batch=() held=0
}

add() {
  batch+=("$2")
  held=$((held + $1))
  [ "\${#batch[@]}" -lt 1000 ] && [ "$held" -lt $((64 * mib)) ] || flush
}

# Its ends, and places by chance.
sample() {
  local size=$1 name=$2 place
  files=$((files + 1)) bytes=$((bytes + 2 * mib + 32 * piece))
  same "$name" 0 "$mib" && same "$name" $((size - mib)) "$mib" || return 0
  for ((place = 0; place < 32; place++)); do
    draw $((size - piece + 1))
    same "$name" "$drawn" "$piece" || return 0
  done
}

compare_whole() {
  files=$((files + 1)) bytes=$((bytes + $1))
  same "$2" || true
}

declare -A source_inode=() copy_inode=() seen=()
read_records linked "$source"
for record in "\${records[@]}"; do source_inode[/\${record#* }]=\${record%% *}; done
read_records linked "$copy"
for record in "\${records[@]}"; do copy_inode[/\${record#* }]=\${record%% *}; done

read_records compared_lists
chosen=()
for record in "\${records[@]}"; do
  equal=''
  [[ $record != $'\\t\\t'* ]] || equal=yes
  record=\${record#$'\\t'}
  record=\${record#$'\\t'}
  type=\${record%% *} record=\${record#* }
  size=\${record%% *} name=\${record#* }
  [ "$type" != z ] || die 'a folder can not be read whole'
  [ "$type" != l ] || name=\${name%%//*}
  [ "$equal" ] || { differ "$name"; continue; }
  [ "$type" = f ] && [ "$size" -gt 0 ] || continue
  # Two names are two comparisons unless they are one file on both sides.
  pair=\${source_inode[/$name]-},\${copy_inode[/$name]-}
  if [[ $pair = [0-9]*,[0-9]* ]]; then
    [ -z "\${seen[$pair]-}" ] || continue
    seen[$pair]=yes
  fi
  if [ "$verification" = sampled ]; then
    if [ "$size" -le "$small" ]; then chosen+=("$size $name")
    elif [ "$size" -le "$whole" ]; then compare_whole "$size" "$name"
    else sample "$size" "$name"; fi
  elif [ "$size" -le "$small" ]; then add "$size" "$name"
  else compare_whole "$size" "$name"; fi
done
records=()

# As many as there may be, each as likely as the others.
for ((index = 0; index < 256 && index < \${#chosen[@]}; index++)); do
  draw $((\${#chosen[@]} - index))
  ((drawn += index))
  record=\${chosen[drawn]}
  chosen[drawn]=\${chosen[index]}
  add "\${record%% *}" "\${record#* }"
done
flush

for name in "\${different[@]:0:20}"; do printf 'different %s\\0' "$name"; done
printf 'files %d\\0bytes %d\\0differences %d\\0' "$files" "$bytes" "\${#different[@]}"
`;

/**
 * Compares a copy with its source, and prints what differs: see {@link parseVerification}. It
 * succeeds in that case too; where something can't be read it fails. What is mounted below either
 * is not looked into, and symbolic links are not followed. What was read a moment ago the host may
 * have in memory still: that is compared, and not the disk. See find(1) and cmp(1).
 */
export function verifyCommand(options: VerifyOptions): Command {
  const { copy, seed, source, verification } = options;
  const state = createHash('sha256').update(seed).digest().readUInt32BE();
  return createCommand('bash', ['-c', script, 'quiesce', source, copy, verification, String(state)], {
    effect: 'read',
  });
}

/**
 * Reads what {@link verifyCommand} prints.
 *
 * @throws `OutputParseError` where it was cut short.
 */
export function parseVerification(stdout: string): VerificationResult {
  const records = stdout.split('\0').map((record) => /^(?<key>\w+) (?<value>[^]*)$/.exec(record)?.groups ?? {});
  const number = (wanted: string): number => {
    const value = records.findLast(({ key }) => key === wanted)?.['value'];
    if (value === undefined || !stdout.endsWith('\0')) {
      throw new OutputParseError(`no number of ${wanted}`, { text: stdout });
    }
    return parseInteger(wanted, value);
  };
  const different = records.flatMap(({ key, value }) => (key === 'different' && value !== undefined ? [value] : []));
  return { files: number('files'), bytes: number('bytes'), differences: number('differences'), different };
}
