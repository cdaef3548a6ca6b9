import {
  argumentWords,
  checkOptions,
  InvalidArgumentError,
  type ArgumentTable,
  type Checked,
  type Command,
  type Rows,
} from '@quiesce/command';
import { lvmCallRows, lvmCommand, type LvmCallOptions } from '../lvm-command.js';
import {
  checkMapperName,
  checkNewVolume,
  checkVolumeName,
  parseVolumePath,
  tagsRow,
  volumeGroupRow,
  volumeRow,
} from '../names.js';
import { chunkSizeRow, sizeRow } from '../sizes.js';

/** What {@link Lvm.lvcreate} takes, whatever it makes. */
export interface LvcreateNewOptions extends LvmCallOptions {
  /** Name of the new volume. Its group is that of the origin, or given. */
  readonly name: string;
  /** Size in bytes, a multiple of 512. LVM rounds it up to whole extents. */
  readonly sizeBytes: number;
  /** Tags to put on it. */
  readonly tags?: string | readonly string[];
}

/** Makes a snapshot of a volume, which is active and can be written to. */
export interface LvcreateSnapshotOptions extends LvcreateNewOptions {
  readonly type: 'snapshot';
  /** The volume to take a snapshot of: `SSD/images` or `/dev/SSD/images`. */
  readonly origin: string;
  /**
   * Size in bytes of the pieces that are copied when the origin changes: a power of 2 from 4096 to
   * 524288.
   * @default LVM's own, 4096
   */
  readonly chunkSizeBytes?: number;
}

/** Makes a plain volume. */
export interface LvcreateLinearOptions extends LvcreateNewOptions {
  readonly type: 'linear';
  /** The group to make it in. */
  readonly volumeGroup: string;
  /**
   * Overwrites its first 4 KiB with zeros and whatever file system's or other signature lies on it.
   * @default true
   */
  readonly wipe?: boolean;
  /**
   * Makes its device too. Only an active volume can be wiped: make it active, and let
   * {@link Lvm.lvchange} deactivate it.
   * @default true
   */
  readonly active?: boolean;
}

/** What {@link Lvm.lvcreate} takes. */
export type LvcreateOptions = LvcreateSnapshotOptions | LvcreateLinearOptions;

const newVolumeRows = {
  ...lvmCallRows,
  name: { kind: 'text', option: '--name', check: checkVolumeName, sample: 'images.1', required: true },
  sizeBytes: sizeRow,
} as const;

const snapshotRows: Rows<LvcreateSnapshotOptions> = {
  type: { kind: 'choice', values: ['snapshot'], required: true },
  ...newVolumeRows,
  origin: { ...volumeRow, required: true },
  chunkSizeBytes: chunkSizeRow,
  tags: { ...tagsRow, option: '--addtag', mayBeEmpty: true },
};

const linearRows: Rows<LvcreateLinearOptions> = {
  type: { kind: 'choice', option: '--type', values: ['linear'], required: true },
  ...newVolumeRows,
  volumeGroup: { ...volumeGroupRow, required: true },
  wipe: { kind: 'flag' },
  active: { kind: 'flag' },
  tags: { ...tagsRow, option: '--addtag', mayBeEmpty: true },
};

/** The words of {@link LvcreateOptions}. */
export const lvcreateRows: ArgumentTable<LvcreateOptions> = {
  by: 'type',
  variants: { snapshot: snapshotRows, linear: linearRows },
};

function snapshotArguments(checked: Checked<LvcreateSnapshotOptions>): string[] {
  const origin = parseVolumePath(checked.origin);
  checkMapperName('origin', origin, '-real');
  checkNewVolume('name', { ...origin, name: checked.name }, '-cow');
  return ['--snapshot', ...argumentWords(snapshotRows, checked), '--', checked.origin];
}

function linearArguments(checked: Checked<LvcreateLinearOptions>): string[] {
  const { active = true, name, volumeGroup, wipe = true } = checked;
  if (wipe && !active) {
    throw new InvalidArgumentError({ argument: 'active', value: active, expected: 'true, or wipe: false with it' });
  }
  checkNewVolume('name', { volumeGroup, name }, '-');
  const wiping = wipe ? 'y' : 'n';
  return [
    ...argumentWords(linearRows, checked),
    ...['--zero', wiping, '--wipesignatures', wiping],
    ...(active ? [] : ['--activate', 'n']),
    ...['--', volumeGroup],
  ];
}

/** Builds the command of {@link Lvm.lvcreate}. See lvcreate(8). */
export function lvcreateCommand(options: LvcreateOptions): Command {
  const checked = checkOptions<LvcreateOptions>(lvcreateRows, options);
  const args = checked.type === 'snapshot' ? snapshotArguments(checked) : linearArguments(checked);
  return lvmCommand('lvcreate', ['--yes', ...args], { waitForLock: checked.waitForLock, effect: 'write' });
}
