import { createCommand, type Command } from '@quiesce/command';

// `ln` makes a second name, and never copies: from one file system to another it fails. With
// --force it makes that name beside the place and renames it over what is there.
const placing = `
set -u
cd -- "$1" || exit
while IFS= read -r -d '' name && IFS= read -r -d '' to; do
  told=failed
  if [ -d "./$name" ] && [ ! -L "./$name" ]; then
    # A folder that is there stays as it is.
    [ -d "$to" ] || { mkdir -p -- "$to" && chown --reference="./$name" -- "$to" && chmod --reference="./$name" -- "$to"; } &&
      told=placed
  # What is not known to be on the disk must not replace what is.
  elif mkdir -p -- "\${to%/*}/" && { [ -L "./$name" ] || [ ! -f "./$name" ] || sync -- "./$name"; } &&
    ln --force --physical --no-target-directory -- "./$name" "$to"; then
    told=unsure
    sync -- "\${to%/*}/" && told=placed
  fi
  printf '%s %s\\0' "$told" "$name"
done
`.trim();

/** A file with the place that it is for. */
export interface Placing {
  /** Its path in the folder. */
  readonly name: string;
  /** An absolute path on the same file system. */
  readonly to: string;
}

/**
 * Puts files in their places, over what is there: at every moment one of both is there, whole. What
 * is on another file system is left as it is. Prints what became of each: see {@link parsePlaced}.
 * See ln(1) and sync(1).
 */
export function placeFilesCommand(options: { folder: string; files: readonly Placing[] }): Command {
  const stdin = options.files.map(({ name, to }) => `${name}\0${to}\0`).join('');
  return createCommand('bash', ['-c', placing, 'bash', options.folder], { effect: 'write', stdin });
}

/**
 * What became of a file: it is in its place, it is there and not known to be on the disk, or what
 * was there is there still.
 */
export type Placed = 'placed' | 'unsure' | 'failed';

/** Reads what {@link placeFilesCommand} prints, by name. */
export function parsePlaced(stdout: string): ReadonlyMap<string, Placed> {
  return new Map(
    stdout.split('\0').flatMap((record): [string, Placed][] => {
      const { name, told } = /^(?<told>placed|unsure|failed) (?<name>[^]+)$/.exec(record)?.groups ?? {};
      return name === undefined ? [] : [[name, told as Placed]];
    }),
  );
}
