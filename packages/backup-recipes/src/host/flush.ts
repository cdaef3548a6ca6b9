import { createCommand, type Command } from '@quiesce/command';

/**
 * Writes out what the host holds in memory of the file systems of some folders, and of no others:
 * one that hangs would hold it up. See sync(1).
 */
export function syncCommand(options: { folders: readonly string[] }): Command {
  const { folders } = options;
  // Without a folder it would be all file systems.
  if (folders.length === 0) return createCommand('true', [], { effect: 'write' });
  return createCommand('sync', ['--file-system', '--', ...folders], { effect: 'write' });
}

/** Waits until udev has dealt with the devices that came and went. See udevadm(8). */
export function udevadmSettleCommand(): Command {
  return createCommand('udevadm', ['settle', '--timeout=30'], { effect: 'write' });
}
