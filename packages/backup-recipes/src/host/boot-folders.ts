import { createCommand, type Command } from '@quiesce/command';
import {
  bootFolder,
  bootMount,
  bootName,
  bootProperty,
  bootRoot,
  consoleFile,
  runOfBootName,
} from '../boot-test/names.js';
import { lockedExitCode } from './lock.js';

// Whoever is not told anything for a minute is alone: the guest must not go on eating memory.
const keeper = [
  'printf \'%s\\n\' "$$" >"$4/keeper"',
  'printf \'%s %s\\n\' "$1" "$EPOCHREALTIME"',
  'while IFS= read -r -t 60 line; do printf \'%s\\n\' "$line"; done',
  'exec >/dev/null 2>&1',
  'timeout --kill-after=5 60 virsh -c "$2" destroy --domain="$3"',
  'true',
].join('\n');

/**
 * Makes the folder of a boot test and holds its lock for as long as the standard input stays open
 * and says something; then it ends the test's guest. See flock(1).
 *
 * @param options.token - Printed, with the time, once the lock is held.
 */
export function keepBootTestCommand(options: { runId: string; token: string; connectUri: string }): Command {
  const { connectUri, runId, token } = options;
  const folder = bootFolder(runId);
  // QEMU's user passes through, and sees nothing but what is named in the guest's definition.
  const script = [
    'umask 077 && mkdir -p -- "$1" && chmod 0711 -- "$1" && mkdir -- "$2" && chmod 0711 -- "$2"',
    'shift 2 && exec "$@"',
  ].join(' && ');
  const take = ['flock', '--wait', '3', '--conflict-exit-code', String(lockedExitCode), folder];
  const words = ['bash', '-c', keeper, 'bash', token, connectUri, bootName(runId), folder];
  return createCommand('sh', ['-c', script, 'sh', bootRoot, folder, ...take, ...words], {
    effect: 'write',
    stop: 'kill',
  });
}

/**
 * Lists the datasets and snapshots that boot tests have made, and neither copies of them on other
 * pools nor what lies below them. See zfs-get(8).
 */
export function bootDatasetsCommand(): Command {
  const words = ['get', '-H', '-s', 'local', '-t', 'filesystem,snapshot', '-o', 'name,value', bootProperty];
  return createCommand('zfs', words, { effect: 'read' });
}

/** Reads what {@link bootDatasetsCommand} prints. What is not named after its test is left out. */
export function parseBootDatasets(stdout: string): { readonly name: string; readonly runId: string }[] {
  return stdout.split('\n').flatMap((line) => {
    const [name = '', runId = ''] = line.split('\t');
    return runOfBootName(name.replace(/^.*[/@]/, '')) === runId ? [{ name, runId }] : [];
  });
}

/** Prints which of these boot tests somebody still sees to, a line each. See flock(1). */
export function keptBootTestsCommand(options: { runIds: readonly string[] }): Command {
  const script = [
    'root=$1; shift',
    'for run; do',
    '  [ ! -d "$root/$run" ] || flock --nonblock --shared --conflict-exit-code 9 "$root/$run" true || {',
    '    [ $? = 9 ] || exit 1',
    '    printf \'%s\\n\' "$run"',
    '  }',
    'done',
  ].join('\n');
  return createCommand('sh', ['-c', script, 'boot-tests', bootRoot, ...options.runIds], { effect: 'read' });
}

/** Writes the definition of the guest, and makes the file for what it prints. See sh(1). */
export function writeBootFilesCommand(options: { runId: string; definition: string }): Command {
  const { definition, runId } = options;
  const script = 'umask 077 && cat >"$1/definition" && : >"$2"';
  return createCommand('sh', ['-c', script, 'sh', bootFolder(runId), consoleFile(runId)], {
    ...{ effect: 'write', stdin: definition },
  });
}

/** Starts the guest, which is gone when it ends. See virsh(1), `create`. */
export function createTestGuestCommand({ runId }: { runId: string }): Command {
  return createCommand('virsh', ['create', `--file=${bootFolder(runId)}/definition`], { effect: 'write' });
}

/** Ends a guest of a boot test at once. See virsh(1), `destroy`. */
export function destroyTestGuestCommand({ domain }: { domain: string }): Command {
  return createCommand('virsh', ['destroy', `--domain=${domain}`], { effect: 'write', stop: 'kill' });
}

/** Asks the agent in the guest for a sign of life. See virsh(1), `qemu-agent-command`. */
export function pingAgentCommand({ runId }: { runId: string }): Command {
  const words = [`--domain=${bootName(runId)}`, '--timeout=5', '--', '{"execute":"guest-ping"}'];
  return createCommand('virsh', ['qemu-agent-command', ...words], { effect: 'read' });
}

/**
 * Lets QEMU's user get to the images on the clone. Each must be a regular file that lies on the
 * clone itself: the copy of a symbolic link could lead to the image of a guest that runs. See
 * sh(1).
 */
export function openImagesCommand(options: { runId: string; files: readonly string[] }): Command {
  const script = [
    'set -eu',
    'root=$1; shift',
    'for file; do',
    '  path=$root/$file',
    '  [ -f "$path" ] && [ "$(realpath -e -- "$path")" = "$path" ] && [ "$(stat --format=%m -- "$path")" = "$root" ] || {',
    '    echo "$path is no file of the backup itself: something else is in its place, or a symbolic link" >&2',
    '    exit 3',
    '  }',
    '  while [ "$path" != "$root" ]; do path=${path%/*}; chmod a+x -- "$path"; done',
    'done',
  ].join('\n');
  return createCommand('sh', ['-c', script, 'sh', bootMount(options.runId), ...options.files], { effect: 'write' });
}

/**
 * Prints what a guest has printed, and goes on until its test has nobody that sees to it. See
 * tail(1).
 */
export function followConsoleCommand({ runId }: { runId: string }): Command {
  const script =
    'keeper=$(cat -- "$1/keeper") && exec tail --follow=name --retry --bytes=+1 -s 0.3 --pid="$keeper" -- "$2"';
  return createCommand('sh', ['-c', script, 'sh', bootFolder(runId), consoleFile(runId)], { effect: 'read' });
}

/**
 * Removes the folders of boot tests with everything in them, but for what is mounted there. See
 * rm(1).
 */
export function removeBootFoldersCommand(options: { runIds: readonly string[] }): Command {
  const folders = options.runIds.map(bootFolder);
  return createCommand('rm', ['-rf', '--one-file-system', '--', ...folders], { effect: 'write' });
}
