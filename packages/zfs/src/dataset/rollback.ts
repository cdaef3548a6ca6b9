import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { snapshotRow } from '../names.js';

/** What {@link Zfs.rollback} takes. */
export interface ZfsRollbackOptions extends CallOptions {
  /** The snapshot whose dataset becomes what it was then, as `tank/vm@monday`. */
  readonly snapshot: string;
  /**
   * Destroys the snapshots and bookmarks that are newer. Without it only the newest snapshot can be
   * gone back to.
   * @default false
   */
  readonly destroyNewer?: boolean;
  /**
   * Destroys clones of the newer snapshots too.
   * @default false
   */
  readonly destroyClones?: boolean;
  /**
   * Unmounts the clones that are destroyed even where they are in use.
   * @default false
   */
  readonly force?: boolean;
}

/** The words of {@link ZfsRollbackOptions}. */
export const zfsRollbackRows: Rows<ZfsRollbackOptions> = {
  destroyNewer: { kind: 'flag', option: '-r' },
  destroyClones: { kind: 'flag', option: '-R' },
  force: { kind: 'flag', option: '-f' },
  snapshot: { ...snapshotRow, required: true },
};

/** Builds the command of {@link Zfs.rollback}. See zfs-rollback(8). */
export function zfsRollbackCommand(options: ZfsRollbackOptions): Command {
  const checked = checkOptions<ZfsRollbackOptions>(zfsRollbackRows, options);
  const { destroyClones = false, force = false, snapshot } = checked;
  if (force && !destroyClones) {
    const expected = 'destroyClones with it: nothing else is unmounted by it';
    throw new InvalidArgumentError({ argument: 'force', value: force, expected });
  }
  const words = [...argumentWords(zfsRollbackRows, checked), '--', snapshot];
  return createCommand('zfs', ['rollback', ...words], { effect: 'write' });
}
