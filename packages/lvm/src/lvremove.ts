import { InvalidArgumentError, type Command } from '@quiesce/command';
import { lvmCommand, type LvmCallOptions } from './lvm-command.js';
import { volumeArgument } from './names.js';
import { selectionArguments, type Selection } from './selection.js';

/** What {@link Lvm.lvremove} takes. */
export interface LvremoveOptions extends LvmCallOptions, Selection {
  /** The volumes to remove: `SSD/images.1` or `/dev/SSD/images.1`. With an origin all of its snapshots go. */
  readonly volumes: readonly string[];
  /**
   * Waits until udev has taken the devices' names away. Without it the volumes are gone when the command ends, and links
   * to their devices a little later.
   * @default true
   */
  readonly udevSync?: boolean;
}

/** Builds the command of {@link Lvm.lvremove}. See lvremove(8). */
export function lvremoveCommand(options: LvremoveOptions): Command {
  const { volumes, tags, udevSync = true } = options;
  if (volumes.length === 0) {
    throw new InvalidArgumentError({ argument: 'volumes', value: '', expected: 'one volume or more' });
  }
  const args = [
    '--yes',
    ...(udevSync ? [] : ['--noudevsync']),
    ...selectionArguments('lv_tags', { tags }),
    '--',
    ...volumes.map((path, index) => volumeArgument(`volumes[${String(index)}]`, path)),
  ];
  return lvmCommand('lvremove', args, { waitForLock: options.waitForLock, effect: 'write' });
}
