import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Checked,
  type Command,
  type Rows,
} from '@quiesce/command';
import { anyDatasetRow } from '../names.js';

/** What {@link Zfs.rename} takes. */
export interface ZfsRenameOptions extends CallOptions {
  /** What is renamed: `tank/vm`, or `tank/vm@monday`. */
  readonly name: string;
  /** Its new name, written in full: of the same pool, and for a snapshot of the same dataset. */
  readonly newName: string;
  /**
   * Makes the datasets that the new name lies in. Not for snapshots.
   * @default false
   */
  readonly parents?: boolean;
  /**
   * Whether file systems are mounted in their new place. False leaves them mounted where they are.
   * @default true
   */
  readonly remount?: boolean;
  /**
   * Renames the snapshots of that name of everything below the dataset too. For snapshots only.
   * @default false
   */
  readonly recursive?: boolean;
  /**
   * Unmounts file systems that are in use.
   * @default false
   */
  readonly force?: boolean;
}

/** The words of {@link ZfsRenameOptions}. */
export const zfsRenameRows: Rows<ZfsRenameOptions> = {
  parents: { kind: 'flag', option: '-p' },
  remount: { kind: 'flag', off: '-u' },
  recursive: { kind: 'flag', option: '-r' },
  force: { kind: 'flag', option: '-f' },
  name: { ...anyDatasetRow, required: true },
  newName: { ...anyDatasetRow, sample: 'tank/archive', required: true },
};

/** zfs answers what does not fit together with a page of usage. */
function checkTogether({ name, newName, parents, recursive, remount }: Checked<ZfsRenameOptions>): void {
  const refuse = (argument: keyof ZfsRenameOptions, value: unknown, expected: string): never => {
    throw new InvalidArgumentError({ argument, value, expected });
  };
  const [dataset = '', snapshot] = name.split('@');
  const [newDataset = '', newSnapshot] = newName.split('@');
  if ((snapshot === undefined) !== (newSnapshot === undefined)) {
    refuse('newName', newName, snapshot === undefined ? 'a dataset, as name is' : 'a snapshot, as name is');
  }
  if (snapshot !== undefined && dataset !== newDataset) refuse('newName', newName, `a snapshot of ${dataset}`);
  if (dataset.split('/')[0] !== newDataset.split('/')[0]) refuse('newName', newName, 'a name in the same pool');
  if (recursive === true && snapshot === undefined) refuse('recursive', recursive, 'false for a dataset');
  if (parents === true && snapshot !== undefined) refuse('parents', parents, 'false for a snapshot');
  if (remount === false && snapshot !== undefined) refuse('remount', remount, 'nothing of it for a snapshot');
  if (remount === false && parents === true) refuse('remount', remount, 'true with parents: zfs takes one of the two');
}

/** Builds the command of {@link Zfs.rename}. See zfs-rename(8). */
export function zfsRenameCommand(options: ZfsRenameOptions): Command {
  const checked = checkOptions<ZfsRenameOptions>(zfsRenameRows, options);
  checkTogether(checked);
  const words = [...argumentWords(zfsRenameRows, checked), '--', checked.name, checked.newName];
  return createCommand('zfs', ['rename', ...words], { effect: 'write' });
}
