import { createCommand, OutputParseError, type Command } from '@quiesce/command';
import { inOwnMounts, snapshotFunctions } from '../host/in-snapshot.js';
import { parseGuests, type TargetGuests } from './guests.js';
import { targetStateFolder } from './target-commands.js';
import { parseTargetState, type TargetState } from './target-state.js';

/*
 * Names of snapshots, one a line, come by the standard input; the empty one is what the target
 * holds now. Each is mounted over the target, where nobody else sees it.
 */
const script = `
set -u
${snapshotFunctions}
dataset=$1 target=$2
tell() {
  printf 'state %s\\0' "$1"
  state=$target/${targetStateFolder}
  for file in "$state"/run.json "$state"/folders/*.json "$state"/folders/.[!.]*.json "$state"/guests.json; do
    [ -f "$file" ] || continue
    case $file in */guests.json) printf 'guests ' ;; *) printf 'file ' ;; esac
    cat -- "$file" && printf '\\0'
  done
}
while IFS= read -r name; do
  if [ -z "$name" ]; then tell ''
  elif mount_snapshot "$dataset@$name" "$target" 2>/dev/null; then
    tell "$name"
    unmount_snapshot "$target"
  else printf 'state %s\\0' "$name"; fi
done
`.trim();

/**
 * Prints what the files of a target say of its data, now and in its snapshots: see
 * {@link parseStates}. See sh(1).
 */
export function readStatesCommand(options: {
  dataset: string;
  targetFolder: string;
  snapshots: readonly string[];
}): Command {
  const { dataset, snapshots, targetFolder } = options;
  const stdin = ['', ...snapshots].map((name) => `${name}\n`).join('');
  return inOwnMounts(createCommand('sh', ['-c', script, 'sh', dataset, targetFolder], { stdin, effect: 'read' }));
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
