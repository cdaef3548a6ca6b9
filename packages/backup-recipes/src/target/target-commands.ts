import { createCommand, type Command } from '@quiesce/command';
import { mountinfoWord } from '../host/mounts.js';
import { guestsText, type GuestRecord } from './guests.js';
import { manifestHead } from './manifest-head.js';
import { folderStateText, runStateText, type FolderState } from './target-state.js';

/** Folder of a target for what runs keep there about its data. */
export const targetStateFolder = '.quiesce';

/** Exit code of {@link completeTargetCommand} where a folder is not complete. */
export const notCompleteExitCode = 4;

/** Where a run writes to. */
export interface TargetPlace {
  readonly dataset: string;
  /** Where all of the dataset is mounted, by what the kernel says. */
  readonly targetFolder: string;
}

/*
 * Every script is given the dataset, where it is mounted, and the same two as the kernel writes
 * them. It is about to write there as root, or has just done so: the kernel's own list must say
 * that a folder lies on the dataset itself, with nothing mounted over it, and its path must lead
 * through no symbolic link.
 */
const prove = `
set -eu
export LC_ALL=C
umask 077
target=$1 source=$2 point=$3
shift 3
fail() { echo "$target$1 $2" >&2; exit 3; }
word() { printf '%s' "$1" | sed 's/\\\\/\\\\134/g; s/ /\\\\040/g'; }
prove() {
  [ -d "$target$1" ] && [ "$(realpath -e -- "$target$1")" = "$target$1" ] ||
    fail "$1" 'is no folder: something else is in its place, or a symbolic link on the way to it'
  inside=$(word "$1")
  covering= below=
  while read -r id parent device root mounted rest; do
    case $point$inside in "$mounted" | "\${mounted%/}"/*) covering="$root $mounted \${rest##* - }" ;; esac
    # The target itself may have datasets below it.
    [ -z "$1" ] || case $mounted in "$point$inside"/*) below=$mounted ;; esac
  done </proc/self/mountinfo
  case $covering in
    "/ $point zfs $source "*) ;;
    *) fail "$1" "does not lie on the dataset of the target, but on what is mounted there: $covering" ;;
  esac
  [ -z "$below" ] || fail "$1" "has something mounted in it, which would be written to in place of the dataset: $below"
}
make() { [ -e "$target$1" ] || [ -L "$target$1" ] || mkdir -- "$target$1"; prove "$1"; }
# What says so was written by this run, and nobody has written or rolled back since.
still() { grep -qF "\\"run\\":\\"$2\\",\\"state\\":\\"incomplete\\"}" -- "$target$1" ||
  fail "$1" "is not as run $2 left it: the target was rolled back, or another run writes to it"; }
put() { printf '%s\\n' "$2" >"$target$1.new"; mv -f -- "$target$1.new" "$target$1"; }
`.trim();

/** Runs a script that writes to a target: it begins with the functions of above. */
export function onTarget(
  { dataset, targetFolder }: TargetPlace,
  script: string,
  words: readonly string[],
  options: { effect?: Command['effect']; stdin?: string; program?: 'sh' | 'bash' } = {},
): Command {
  const { effect = 'write', program = 'sh', stdin } = options;
  const given = [targetFolder, mountinfoWord(dataset), mountinfoWord(targetFolder)];
  return createCommand(program, ['-c', `${prove}\n${script}`, program, ...given, ...words], {
    effect,
    ...(stdin !== undefined && { stdin }),
  });
}

const stateFolder = `/${targetStateFolder}`;
const foldersFolder = `${stateFolder}/folders`;
const runFile = `${stateFolder}/run.json`;
const guestsFile = `${stateFolder}/guests.json`;
const manifestsFolder = `${stateFolder}/manifests`;
const fileOf = (folder: string): string => `${foldersFolder}/${folder}.json`;

/**
 * Closes a target to everybody but root, and notes that a run is about to write there, and whose
 * images. See sh(1).
 */
export function openTargetCommand(
  place: TargetPlace,
  { guests, runId }: { runId: string; guests: readonly GuestRecord[] },
): Command {
  const script = [
    "prove ''",
    'chown 0:0 -- "$target" && chmod 0700 -- "$target"',
    `make ${stateFolder}; make ${foldersFolder}; make ${manifestsFolder}`,
    `cat >"$target${guestsFile}.new"; mv -f -- "$target${guestsFile}.new" "$target${guestsFile}"`,
    `put ${runFile} "$1"`,
  ];
  // There may be many, and a word has its limit.
  const stdin = guestsText({ runId, guests });
  return onTarget(place, script.join('\n'), [runStateText({ runId, complete: false })], { stdin });
}

/**
 * Makes a folder of a target, closed to everybody but root, and notes that a run is about to write
 * there. See sh(1).
 */
export function openFolderCommand(place: TargetPlace, state: Omit<FolderState, 'complete'>): Command {
  const script = `prove ${foldersFolder}\nmake "$1"\nput "$2" "$3"`;
  const text = folderStateText({ ...state, complete: false });
  return onTarget(place, script, [`/${state.folder}`, fileOf(state.folder), text]);
}

/** Sees to it that a folder below the target lies on it still. See sh(1). */
export function proveFolderCommand(place: TargetPlace, { folder }: { folder: string }): Command {
  return onTarget(place, 'prove "$1"', [`/${folder}`], { effect: 'read' });
}

/**
 * Sees to it that a folder lies on the target still, and notes that it holds every byte of a run.
 * The checksums that this run has kept of it take the place of the last run's. See sh(1).
 */
export function completeFolderCommand(place: TargetPlace, state: Omit<FolderState, 'complete'>): Command {
  const script = [
    `prove ${foldersFolder}; prove ${manifestsFolder}; prove "$1"; still "$2" "$4"`,
    `manifest=$target${manifestsFolder}$1`,
    'if [ -f "$manifest.new" ] && grep -qzxF -- "$5" "$manifest.new"; then mv -f -- "$manifest.new" "$manifest"',
    'else rm -f -- "$manifest" "$manifest.new"; fi',
    'put "$2" "$3"',
  ];
  const text = folderStateText({ ...state, complete: true });
  const words = [`/${state.folder}`, fileOf(state.folder), text, state.runId, manifestHead(state.runId)];
  return onTarget(place, script.join('\n'), words);
}

/**
 * Notes that everything in a target is complete, if every folder of it is that a run of ours wrote;
 * else exits with {@link notCompleteExitCode}. Prints the names of those that are not, and of what
 * no run wrote: see {@link parseTargetContents}. What is told of a folder that is gone is removed.
 * See sh(1).
 */
export function completeTargetCommand(place: TargetPlace, { runId }: { runId: string }): Command {
  const script = [
    `prove ${foldersFolder}`,
    `still ${runFile} "$2"`,
    'open=',
    `for file in "$target${foldersFolder}"/*.json "$target${foldersFolder}"/.[!.]*.json; do`,
    '  folder=${file##*/}; folder=${folder%.json}',
    '  [ -e "$file" ] || continue',
    `  if [ ! -e "$target/$folder" ]; then rm -f -- "$file" "$target${manifestsFolder}/$folder"; continue; fi`,
    `  grep -q '"state":"complete"}$' -- "$file" || { open=1; printf 'incomplete %s\\n' "$folder"; }`,
    'done',
    'for entry in "$target"/* "$target"/.[!.]*; do',
    '  name=${entry##*/}',
    `  case $name in ${targetStateFolder} | .zfs | lost+found) continue ;; esac`,
    `  [ -e "$entry" ] && [ ! -e "$target${foldersFolder}/$name.json" ] || continue`,
    '  grep -qF -- " $point/$(word "$name") " /proc/self/mountinfo ||',
    `    printf 'foreign %s\\n' "$name"`,
    'done',
    `[ -z "$open" ] || exit ${String(notCompleteExitCode)}`,
    `put ${runFile} "$1"`,
  ];
  return onTarget(place, script.join('\n'), [runStateText({ runId, complete: true }), runId]);
}

/** What else a target holds, by what {@link completeTargetCommand} prints. */
export interface TargetContents {
  /** Folders of which a run of ours says that they are not complete. */
  readonly incomplete: readonly string[];
  /** What no run of ours wrote. What is mounted in the target is none of it. */
  readonly foreign: readonly string[];
}

/** Reads what {@link completeTargetCommand} prints. */
export function parseTargetContents(stdout: string): TargetContents {
  const named = (what: string): string[] =>
    stdout.split('\n').flatMap((line) => (line.startsWith(`${what} `) ? [line.slice(what.length + 1)] : []));
  return { incomplete: named('incomplete'), foreign: named('foreign') };
}

/**
 * Prints what the files of a target say of its data, a line each. Nothing where there are none. See
 * sh(1).
 */
export function readTargetStateCommand({ targetFolder }: Pick<TargetPlace, 'targetFolder'>): Command {
  const script = [
    `cd -- "$1/${targetStateFolder}" 2>/dev/null || exit 0`,
    'for file in run.json folders/*.json folders/.[!.]*.json; do [ ! -f "$file" ] || cat -- "$file"; done',
  ];
  return createCommand('sh', ['-c', script.join('\n'), 'sh', targetFolder], { effect: 'read' });
}
