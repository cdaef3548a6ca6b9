import { argumentWords, checkOptions, InvalidArgumentError, type Command, type Rows } from '@quiesce/command';
import { lvmCallRows, lvmCommand, type LvmCallOptions } from '../lvm-command.js';
import { checkMapperName, parseVolumePath, volumeRow } from '../names.js';
import { chunkSizeRow } from '../sizes.js';

/** What {@link Lvm.lvconvert} takes: turns a plain volume into a snapshot of another one. */
export interface LvconvertOptions extends LvmCallOptions {
  readonly type: 'snapshot';
  /** The volume to take a snapshot of: `SSD/images` or `/dev/SSD/images`. */
  readonly origin: string;
  /**
   * The plain volume of the same group that becomes the snapshot: its content is lost, its name,
   * tags and size stay. It must not be in use.
   */
  readonly volume: string;
  /**
   * Size in bytes of the pieces that are copied when the origin changes: a power of 2 from 4096 to
   * 524288.
   * @default LVM's own, 4096
   */
  readonly chunkSizeBytes?: number;
  /**
   * Overwrites the first 4 KiB of the volume with zeros. Without it they must be zeros already, as
   * {@link Lvm.lvcreate} makes them, or those of an earlier snapshot of the same origin: the kernel
   * takes what is there for its own.
   * @default true
   */
  readonly zero?: boolean;
  /**
   * Waits until udev has made the devices. Without it the snapshot is taken when the command ends,
   * and its device comes a little later: `udevadm settle` waits for it. Without it `zero` must be
   * false, because zeroing needs a device.
   * @default true
   */
  readonly udevSync?: boolean;
}

/** The words of {@link LvconvertOptions}. */
export const lvconvertRows: Rows<LvconvertOptions> = {
  ...lvmCallRows,
  type: { kind: 'choice', option: '--type', values: ['snapshot'], required: true },
  chunkSizeBytes: chunkSizeRow,
  zero: { kind: 'flag' },
  udevSync: { kind: 'flag', off: '--noudevsync' },
  origin: { ...volumeRow, required: true },
  volume: { ...volumeRow, sample: 'SSD/images.1', required: true },
};

/** Builds the command of {@link Lvm.lvconvert}. See lvconvert(8). */
export function lvconvertCommand(options: LvconvertOptions): Command {
  const checked = checkOptions<LvconvertOptions>(lvconvertRows, options);
  const { udevSync = true, waitForLock, zero = true } = checked;
  if (zero && !udevSync) {
    const expected = 'true, or zero: false with it: zeroing fails where udev is slower than LVM';
    throw new InvalidArgumentError({ argument: 'udevSync', value: udevSync, expected });
  }
  const origin = parseVolumePath(checked.origin);
  const volume = parseVolumePath(checked.volume);
  if (origin.volumeGroup !== volume.volumeGroup || origin.name === volume.name) {
    const expected = `another volume of the group ${origin.volumeGroup}`;
    throw new InvalidArgumentError({ argument: 'volume', value: options.volume, expected });
  }
  checkMapperName('origin', origin, '-real');
  checkMapperName('volume', volume, '-cow');
  const words = argumentWords(lvconvertRows, checked);
  const args = ['--yes', ...words, '--zero', zero ? 'y' : 'n', '--', checked.origin, checked.volume];
  return lvmCommand('lvconvert', args, { waitForLock, effect: 'write' });
}
