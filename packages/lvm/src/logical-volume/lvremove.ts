import { argumentWords, checkOptions, type Command, type Rows } from '@quiesce/command';
import { lvmCallRows, lvmCommand, type LvmCallOptions } from '../lvm-command.js';
import { tagsRow, volumesRow } from '../names.js';
import { selectionWords, type Selection } from '../report/selection.js';

/** What {@link Lvm.lvremove} takes. */
export interface LvremoveOptions extends LvmCallOptions, Selection {
  /**
   * The volumes to remove: `SSD/images.1` or `/dev/SSD/images.1`. With an origin all of its
   * snapshots go.
   */
  readonly volumes: string | readonly string[];
  /**
   * Waits until udev has taken the devices' names away. Without it the volumes are gone when the
   * command ends, and links to their devices a little later.
   * @default true
   */
  readonly udevSync?: boolean;
}

/** The words of {@link LvremoveOptions}. */
export const lvremoveRows: Rows<LvremoveOptions> = {
  ...lvmCallRows,
  udevSync: { kind: 'flag', off: '--noudevsync' },
  tags: { ...tagsRow, guard: true },
  volumes: { ...volumesRow, required: true },
};

/** Builds the command of {@link Lvm.lvremove}. See lvremove(8). */
export function lvremoveCommand(options: LvremoveOptions): Command {
  const checked = checkOptions<LvremoveOptions>(lvremoveRows, options);
  const { tags, volumes, waitForLock } = checked;
  const words = [...argumentWords(lvremoveRows, checked), ...selectionWords('lv_tags', { tags })];
  return lvmCommand('lvremove', ['--yes', ...words, '--', ...volumes], { waitForLock, effect: 'write' });
}
