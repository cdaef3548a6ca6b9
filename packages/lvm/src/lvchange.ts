import { InvalidArgumentError, type Command } from '@quiesce/command';
import { lvmCommand, type LvmCallOptions } from './lvm-command.js';
import { volumeArgument } from './names.js';
import { tagArguments } from './tags.js';

/** What {@link Lvm.lvchange} takes: volumes, and tags to change, or `active` by itself. */
export interface LvchangeOptions extends LvmCallOptions {
  /** The volumes to change: `SSD/images` or `/dev/SSD/images`. */
  readonly volumes: readonly string[];
  /** Tags to put on them. Those that are there already stay. */
  readonly addTags?: readonly string[];
  /** Tags to take off them. Those that are not there are no error. */
  readonly deleteTags?: readonly string[];
  /** Makes their devices, or takes them away. LVM advises against tags in the same call. */
  readonly active?: boolean;
}

/** Builds the command of {@link Lvm.lvchange}. See lvchange(8). */
export function lvchangeCommand(options: LvchangeOptions): Command {
  const { volumes, addTags = [], deleteTags = [], active } = options;
  if (volumes.length === 0) {
    throw new InvalidArgumentError({ argument: 'volumes', value: '', expected: 'one volume or more' });
  }
  const tagsChange = addTags.length > 0 || deleteTags.length > 0;
  if (tagsChange === (active !== undefined)) {
    throw new InvalidArgumentError({
      argument: 'active',
      value: active,
      expected: 'either this, or tags to add or delete',
    });
  }
  const both = addTags.find((tag) => deleteTags.includes(tag));
  if (both !== undefined) {
    throw new InvalidArgumentError({ argument: 'deleteTags', value: both, expected: 'none of the tags to add' });
  }
  const args = [
    '--yes',
    ...(active === undefined ? [] : ['--activate', active ? 'y' : 'n']),
    ...tagArguments('--addtag', 'addTags', addTags),
    ...tagArguments('--deltag', 'deleteTags', deleteTags),
    '--',
    ...volumes.map((path, index) => volumeArgument(`volumes[${String(index)}]`, path)),
  ];
  return lvmCommand('lvchange', args, { waitForLock: options.waitForLock, effect: 'write' });
}
