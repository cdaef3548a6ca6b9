import { createCommand, type Command } from '@quiesce/command';

/** Writes the host's buffers to its disks. See sync(1). */
export function syncCommand(): Command {
  return createCommand('sync', [], { effect: 'write' });
}

/** Waits until udev has dealt with the devices that came and went. See udevadm(8). */
export function udevadmSettleCommand(): Command {
  return createCommand('udevadm', ['settle', '--timeout=30'], { effect: 'write' });
}
