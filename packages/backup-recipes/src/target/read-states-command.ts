import { createCommand, OutputParseError, type Command } from '@quiesce/command';
import { inOwnMounts } from '../host/in-snapshot.js';
import { parseGuests, type TargetGuests } from './guests.js';
import { targetStateFolder } from './target-commands.js';
import { parseTargetState, type TargetState } from './target-state.js';

/*
 * Names of snapshots, one a line, come by the standard input; the empty one is what the target
 * holds now, and comes first. All are mounted side by side in place of the target, where nobody
 * else sees them, and go with the command. A program that is started takes longer than all else
 * here: one for each snapshot mounts it, and none of mount(8)'s helpers. One that somebody else
 * unmounts at the moment is busy: it is tried again, up to six times in 13 seconds.
 */
const script = `
set -u
dataset=$1 target=$2
mapfile -t names
tell() {
  local file
  printf 'state %s\\0' "$1"
  for file in "$2"/run.json "$2"/folders/*.json "$2"/folders/.[!.]*.json "$2"/guests.json; do
    [ -f "$file" ] || continue
    case $file in */guests.json) printf 'guests ' ;; *) printf 'file ' ;; esac
    printf '%s\\0' "$(<"$file")"
  done
}
mounted() {
  local wait said
  for wait in 0.1 0.4 1 3 8 ''; do
    said=$(mount -i -n -t zfs -o ro -- "$1" "$2" 2>&1) && return
    case $said in *busy*) [ -z "$wait" ] || sleep "$wait" ;; *) break ;; esac
  done
  return 1
}
if [ "\${names[0]-}" = '' ]; then
  tell '' "$target/${targetStateFolder}"
  unset 'names[0]'
fi
[ "\${#names[@]}" -gt 0 ] || exit 0
mount -t tmpfs -o mode=700 quiesce "$target" || exit
(cd -- "$target" && mkdir -- "\${!names[@]}") || exit
for number in "\${!names[@]}"; do
  name=\${names[number]}
  ! mounted "$dataset@$name" "$target/$number" ||
    tell "$name" "$target/$number/${targetStateFolder}"
done
`.trim();

/**
 * Prints what the files of a target say of its data, now or in its snapshots: see
 * {@link parseStates}. Nothing of a snapshot that can't be mounted. See mount(8).
 *
 * @param options.snapshots - Their names; the empty one, which comes first, for now.
 */
export function readStatesCommand(options: {
  dataset: string;
  targetFolder: string;
  snapshots: readonly string[];
}): Command {
  const { dataset, snapshots, targetFolder } = options;
  const stdin = snapshots.map((name) => `${name}\n`).join('');
  return inOwnMounts(createCommand('bash', ['-c', script, 'bash', dataset, targetFolder], { stdin, effect: 'read' }));
}

/** What the files in one state of a target say. */
export interface FilesOfState {
  readonly state: TargetState;
  /** Undefined where no run told of its guests. */
  readonly guests: TargetGuests | undefined;
}

/**
 * Reads what {@link readStatesCommand} prints, by the name of the snapshot: the empty one for now.
 */
export function parseStates(stdout: string): ReadonlyMap<string, FilesOfState> {
  const found = new Map<string, FilesOfState>();
  let files: string[] = [];
  let guests: TargetGuests | undefined;
  let name: string | undefined;
  const end = (): void => {
    if (name !== undefined) found.set(name, { state: parseTargetState(files.join('\n')), guests });
    files = [];
    guests = undefined;
  };
  for (const record of stdout.split('\0').slice(0, -1)) {
    const { kind, text = '' } = /^(?<kind>state|file|guests) (?<text>[^]*)$/.exec(record)?.groups ?? {};
    if (kind === 'state') {
      end();
      name = text;
    } else if (kind === 'file') files.push(text.trim());
    else if (kind === 'guests') guests = parseGuests(text);
    else throw new OutputParseError('what tells of the states of a target is not as it should be', { text: record });
  }
  end();
  return found;
}
