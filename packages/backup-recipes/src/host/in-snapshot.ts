import { createCommand, type Command } from '@quiesce/command';

/**
 * Words for scripts: `mount_snapshot SNAPSHOT FOLDER` and `unmount_snapshot FOLDER`. They are for a
 * mount namespace of their own, of which nobody else sees anything. The memory file system between
 * is an empty folder, which OpenZFS 2.3 wants. A snapshot that somebody else unmounts at the moment
 * is busy: it is tried again, up to six times in 13 seconds.
 */
export const snapshotFunctions: string = `
mount_snapshot() {
  mount -t tmpfs -o size=4k,mode=700 quiesce "$2" || return
  for mount_wait in 0.1 0.4 1 3 8 ''; do
    mount_error=$(mount -t zfs -o ro -- "$1" "$2" 2>&1) && return
    case $mount_error in *busy*) [ -z "$mount_wait" ] || sleep "$mount_wait";; *) break;; esac
  done
  printf '%s\\n' "$mount_error" >&2
  umount -- "$2"
  return 1
}
unmount_snapshot() { umount -- "$1" && umount -- "$1"; }
`.trim();

/**
 * A command with its own mount namespace, which ends with it. What it mounts nobody else sees. What
 * the host unmounts is unmounted for it too, so that a backup which ends beside it can give its
 * volumes back. See unshare(1).
 */
export function inOwnMounts(command: Command): Command {
  const { args, file, ...rest } = command;
  return createCommand('unshare', ['--mount', '--propagation', 'slave', '--', file, ...args], rest);
}

const script = `
${snapshotFunctions}
mount_snapshot "$1" "$2" || exit
shift 2
exec "$@"
`.trim();

/**
 * A command that finds a ZFS snapshot in place of its file system.
 *
 * What lies below `.zfs/snapshot` is not used for that: where two programs look into the same
 * snapshot there for the first time, OpenZFS 2.3 panics, and all that has to do with the snapshot
 * hangs until the host is started anew.
 *
 * @param options.folder - Where its file system is mounted.
 */
export function inSnapshot(command: Command, options: { snapshot: string; folder: string }): Command {
  const { args, file, ...rest } = command;
  const words = ['-c', script, 'sh', options.snapshot, options.folder, file, ...args];
  return inOwnMounts(createCommand('sh', words, rest));
}
