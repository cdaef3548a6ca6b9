import { createCommand, type Command } from '@quiesce/command';

/** Mounts a device read-only. See mount(8). */
export function mountCommand(options: { device: string; folder: string }): Command {
  return createCommand('mount', ['-o', 'ro', '--', options.device, options.folder], { effect: 'write' });
}

/** Unmounts a folder. See umount(8). */
export function umountCommand(options: { folder: string }): Command {
  return createCommand('umount', ['--', options.folder], { effect: 'write' });
}
