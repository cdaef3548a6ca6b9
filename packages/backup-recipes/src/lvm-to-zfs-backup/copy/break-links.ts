import { createCommand, parseInteger, type Command } from '@quiesce/command';

/** Which folder is about to be copied where. */
export interface BreakLinksOptions {
  /** Absolute path. */
  readonly source: string;
  /** Absolute path. It need not be there yet. */
  readonly destination: string;
}

// A part is what has one inode in the source now. The names of one part may share an inode of the
// destination, and no others with them. A name is never a key as it is: an empty one can't be, and
// @ and * would be all of them.
const script = `set -uo pipefail
export LC_ALL=C
unset CDPATH
source=$1 destination=$2

tell() { printf '%d\\n' "$1"; exit; }

# All that has several names, with each of those that it has below a folder: its inode, how many it
# has, the name. In a source that is in use folders go away meanwhile. What is not listed is parted
# and written anew, so that is no harm.
linked() {
  cd -- "$1" || return
  { find . -ignore_readdir_race -xdev ! -type d -links +1 -printf '%i %n %P\\0' || [ "$1" = "$source" ]; } | sort -z -n
}

# By way of a file: bash reads a pipe byte by byte.
read_linked() {
  local file to from
  file=$(mktemp) && exec {to}>"$file" {from}<"$file" && rm -f -- "$file" || exit
  (linked "$1") >&"$to" || exit
  mapfile -d '' -t -u "$from" records
  exec {to}>&- {from}<&-
}

[ -e "$destination" ] || tell 0
read_linked "$destination"
[ "\${#records[@]}" -gt 0 ] || tell 0
copies=("\${records[@]}")
read_linked "$source"
declare -A inode_of
for record in "\${records[@]}"; do
  name=\${record#* }
  inode_of[/\${name#* }]=\${record%% *}
done

# Decides which names of one inode leave it.
part_names() {
  local index name part most=''
  local -A count=()
  for index in "\${!names[@]}"; do
    name=\${names[index]}
    if [ -z "\${parts[index]}" ]; then
      # A folder will take the place of the name.
      if [ -L "$source/$name" ] || { [ -e "$source/$name" ] && [ ! -d "$source/$name" ]; }; then
        parts[index]=alone-$index
      else
        # It goes.
        parts[index]=lacking
        continue
      fi
    fi
    part=\${parts[index]}
    count[$part]=$((\${count[$part]-0} + 1))
    if [ -z "$most" ] || [ "\${count[$part]}" -gt "\${count[$most]}" ]; then most=$part; fi
  done
  # Nothing will be written to it.
  [ -n "$most" ] || return
  # Others lie outside the folder.
  [ "\${#names[@]}" -eq "$links" ] || most=''
  for index in "\${!names[@]}"; do
    [ "\${parts[index]}" = "$most" ] || leaving+=("./\${names[index]}")
  done
}

leaving=() names=() parts=() inode='' links=0 apart=''
for record in "\${copies[@]}" ' '; do
  if [[ \${record%% *} != "$inode" ]]; then
    [[ -z $apart && -n \${parts[0]-} && \${#names[@]} -eq $links ]] || part_names
    names=() parts=() apart='' inode=\${record%% *}
  fi
  record=\${record#* }
  links=\${record%% *} name=\${record#* }
  part=\${inode_of[/$name]-}
  names+=("$name") parts+=("$part")
  [[ $part = "\${parts[0]}" ]] || apart=yes
done
[ "\${#leaving[@]}" -gt 0 ] || tell 0
cd -- "$destination" && printf '%s\\0' "\${leaving[@]}" | xargs -0 rm -f -- || exit
tell "\${#leaving[@]}"
`;

/**
 * Removes names at the destination that share an inode with what is another file in the source by
 * now, and prints how many. rsync would write one through the other, and say nothing: with
 * `--inplace` its bytes, in any case its mode, owner and times. What is removed rsync writes anew.
 * What the source lacks is taken for what rsync removes. Nothing below the destination is followed
 * that is a symbolic link. See find(1) and rm(1).
 *
 * Where the source changes until it is copied, it may do so behind this.
 */
export function breakLinksCommand(options: BreakLinksOptions): Command {
  const { source, destination } = options;
  return createCommand('bash', ['-c', script, 'quiesce', source, destination], {
    effect: 'write',
    stop: 'kill',
  });
}

/**
 * Reads what {@link breakLinksCommand} prints: how many names it removed.
 *
 * @throws `OutputParseError` where that is no number.
 */
export function parseBrokenLinks(stdout: string): number {
  return parseInteger('the number of broken links', stdout);
}
