import { argumentWords, checkOptions, InvalidArgumentError, type Command, type Rows } from '@quiesce/command';
import { lvmCallRows, lvmCommand, type LvmCallOptions } from '../lvm-command.js';
import { tagsRow, volumesRow } from '../names.js';

/** What {@link Lvm.lvchange} takes: volumes, and tags to change, or `active` by itself. */
export interface LvchangeOptions extends LvmCallOptions {
  /** The volumes to change: `SSD/images` or `/dev/SSD/images`. */
  readonly volumes: string | readonly string[];
  /** Tags to put on them. Those that are there already stay. */
  readonly addTags?: string | readonly string[];
  /** Tags to take off them. Those that are not there are no error. */
  readonly deleteTags?: string | readonly string[];
  /** Makes their devices, or takes them away. LVM advises against tags in the same call. */
  readonly active?: boolean;
}

/** The words of {@link LvchangeOptions}. */
export const lvchangeRows: Rows<LvchangeOptions> = {
  ...lvmCallRows,
  active: { kind: 'flag' },
  addTags: { ...tagsRow, option: '--addtag', mayBeEmpty: true },
  deleteTags: { ...tagsRow, option: '--deltag', mayBeEmpty: true },
  volumes: { ...volumesRow, required: true },
};

/** Builds the command of {@link Lvm.lvchange}. See lvchange(8). */
export function lvchangeCommand(options: LvchangeOptions): Command {
  const checked = checkOptions<LvchangeOptions>(lvchangeRows, options);
  const { active, addTags = [], deleteTags = [], volumes } = checked;
  const tagsChange = addTags.length > 0 || deleteTags.length > 0;
  if (tagsChange === (active !== undefined)) {
    const expected = 'either this, or tags to add or delete';
    throw new InvalidArgumentError({ argument: 'active', value: active, expected });
  }
  const both = addTags.find((tag) => deleteTags.includes(tag));
  if (both !== undefined) {
    throw new InvalidArgumentError({ argument: 'deleteTags', value: both, expected: 'none of the tags to add' });
  }
  const args = [
    '--yes',
    ...(active === undefined ? [] : ['--activate', active ? 'y' : 'n']),
    ...argumentWords(lvchangeRows, checked),
    '--',
    ...volumes,
  ];
  return lvmCommand('lvchange', args, { waitForLock: checked.waitForLock, effect: 'write' });
}
