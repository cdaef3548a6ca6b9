import { InvalidArgumentError, type Command } from '@quiesce/command';
import { lvmCommand, type LvmCallOptions } from './lvm-command.js';
import { checkMapperName, checkNewVolume, checkVolume, checkVolumeGroup } from './names.js';
import { chunkSizeArguments, sizeArgument } from './sizes.js';
import { tagArguments } from './tags.js';

/** What {@link Lvm.lvcreate} takes, whatever it makes. */
export interface NewVolumeOptions extends LvmCallOptions {
  /** Name of the new volume. Its group is that of the origin, or given. */
  readonly name: string;
  /** Size in bytes, a multiple of 512. LVM rounds it up to whole extents. */
  readonly sizeBytes: number;
  /** Tags to put on it. */
  readonly tags?: readonly string[];
}

/** Makes a snapshot of a volume, which is active and can be written to. */
export interface SnapshotVolumeOptions extends NewVolumeOptions {
  readonly type: 'snapshot';
  /** The volume to take a snapshot of: `SSD/images` or `/dev/SSD/images`. */
  readonly origin: string;
  /**
   * Size in bytes of the pieces that are copied when the origin changes: a power of 2 from 4096 to 524288.
   * @default LVM's own, 4096
   */
  readonly chunkSizeBytes?: number;
}

/** Makes a plain volume. */
export interface LinearVolumeOptions extends NewVolumeOptions {
  readonly type: 'linear';
  /** The group to make it in. */
  readonly volumeGroup: string;
  /**
   * Overwrites its first 4 KiB with zeros and whatever file system's or other signature lies on it.
   * @default true
   */
  readonly wipe?: boolean;
  /**
   * Makes its device too. Only an active volume can be wiped: make it active, and let {@link Lvm.lvchange} deactivate it.
   * @default true
   */
  readonly active?: boolean;
}

/** What {@link Lvm.lvcreate} takes. */
export type LvcreateOptions = SnapshotVolumeOptions | LinearVolumeOptions;

function snapshotArguments(options: SnapshotVolumeOptions): string[] {
  const origin = checkVolume('origin', options.origin);
  checkMapperName('origin', origin, '-real');
  const name = checkNewVolume('name', { ...origin, name: options.name }, '-cow');
  return [
    ...['--snapshot', '--name', name, '--size', sizeArgument('sizeBytes', options.sizeBytes)],
    ...chunkSizeArguments('chunkSizeBytes', options.chunkSizeBytes),
    ...tagArguments('--addtag', 'tags', options.tags),
    ...['--', `${origin.volumeGroup}/${origin.name}`],
  ];
}

function linearArguments(options: LinearVolumeOptions): string[] {
  const { wipe = true, active = true } = options;
  if (wipe && !active) {
    throw new InvalidArgumentError({ argument: 'active', value: active, expected: 'true, or wipe: false with it' });
  }
  const volumeGroup = checkVolumeGroup('volumeGroup', options.volumeGroup);
  const name = checkNewVolume('name', { volumeGroup, name: options.name }, '-');
  const wiping = wipe ? 'y' : 'n';
  return [
    ...['--type', 'linear', '--name', name, '--size', sizeArgument('sizeBytes', options.sizeBytes)],
    ...['--zero', wiping, '--wipesignatures', wiping],
    ...(active ? [] : ['--activate', 'n']),
    ...tagArguments('--addtag', 'tags', options.tags),
    ...['--', volumeGroup],
  ];
}

/** Builds the command of {@link Lvm.lvcreate}. See lvcreate(8). */
export function lvcreateCommand(options: LvcreateOptions): Command {
  // Callers without types can give another one.
  const { type }: { type: string } = options;
  if (type !== 'snapshot' && type !== 'linear') {
    throw new InvalidArgumentError({ argument: 'type', value: type, expected: 'snapshot or linear' });
  }
  const args = options.type === 'snapshot' ? snapshotArguments(options) : linearArguments(options);
  return lvmCommand('lvcreate', ['--yes', ...args], { waitForLock: options.waitForLock, effect: 'write' });
}
