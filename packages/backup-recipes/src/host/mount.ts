import { createCommand, type Command } from '@quiesce/command';

/** Mounts a device read-only. Its journal is replayed by that where it is to be. See mount(8). */
export function mountCommand(options: { device: string; folder: string; fileSystem: string }): Command {
  // The kernel refuses an xfs whose UUID is that of one that is mounted, as is the origin of a
  // snapshot.
  const flags = options.fileSystem === 'xfs' ? 'ro,nouuid' : 'ro';
  return createCommand('mount', ['-o', flags, '--', options.device, options.folder], { effect: 'write' });
}

/** Unmounts a folder. See umount(8). */
export function umountCommand(options: { folder: string }): Command {
  return createCommand('umount', ['--', options.folder], { effect: 'write' });
}

/** Succeeds where something is mounted at a folder. See mountpoint(1). */
export function mountpointCommand(options: { folder: string }): Command {
  return createCommand('mountpoint', ['--quiet', '--', options.folder], { effect: 'read' });
}
