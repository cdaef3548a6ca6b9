import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsHoldCommand, zfsHoldRows, type ZfsHoldOptions } from './hold.js';
import { readHolds, zfsHoldsRows, type Hold, type ZfsHoldsOptions } from './holds.js';
import { zfsReleaseCommand, zfsReleaseRows, type ZfsReleaseOptions } from './release.js';
import { zfsSnapshotCommand, zfsSnapshotRows, type ZfsSnapshotOptions } from './snapshot.js';

/** The methods of {@link Zfs} that are about snapshots alone. */
export interface SnapshotMethods {
  /**
   * Makes snapshots at one instant.
   *
   * @throws {@link DatasetNotFoundError}, {@link DatasetExistsError},
   * {@link DatasetOutOfSpaceError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.snapshot({
   *   snapshots: ['tank/vm@monday', 'tank/db@monday'],
   *   properties: { 'quiesce:run': '7' },
   * });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-snapshot.8.html | zfs-snapshot(8)}
   */
  snapshot(options: ZfsSnapshotOptions): Promise<void>;

  /**
   * Holds snapshots under a tag: none of them can be destroyed until it is released. When one of
   * several fails, the others are held all the same.
   *
   * @throws {@link HoldExistsError} for a snapshot that has a hold of that tag.
   * @throws {@link DatasetNotFoundError} for a snapshot that does not exist.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.hold({ tag: 'backup', snapshots: ['tank/vm@monday', 'tank/db@monday'] });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-hold.8.html | zfs-hold(8)}
   */
  hold(options: ZfsHoldOptions): Promise<void>;

  /**
   * Releases the holds of a tag. When one of several fails, the others are released all the same. A
   * snapshot whose destruction was deferred goes with its last hold.
   *
   * @throws {@link HoldNotFoundError} for a snapshot that has no hold of that tag.
   * @throws {@link DatasetNotFoundError} for a snapshot that does not exist.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.release({ tag: 'backup', snapshots: 'tank/vm@monday', recursive: true });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-hold.8.html | zfs-hold(8)}
   */
  release(options: ZfsReleaseOptions): Promise<void>;

  /**
   * Lists the holds of snapshots.
   *
   * @throws {@link DatasetNotFoundError} for a snapshot that does not exist.
   * @throws `OutputParseError` of `@quiesce/command` when a tag was made to look like further rows.
   *
   * @example
   * ```ts
   * for (const { snapshot, tag } of await zfs.holds({ snapshots: 'tank/vm@monday' }))
   *   await zfs.release({ tag, snapshots: snapshot });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-hold.8.html | zfs-hold(8)}
   */
  holds(options: ZfsHoldsOptions): Promise<Hold[]>;
}

/** The rows of {@link SnapshotMethods}. */
export const snapshotTable: MethodTable<SnapshotMethods> = {
  snapshot: { command: 'zfs snapshot', rows: zfsSnapshotRows },
  hold: { command: 'zfs hold', rows: zfsHoldRows },
  release: { command: 'zfs release', rows: zfsReleaseRows },
  holds: { command: 'zfs holds', rows: zfsHoldsRows },
};

/** Makes {@link SnapshotMethods}. */
export function snapshotMethods(zfs: CommandRunner): SnapshotMethods {
  return {
    snapshot: async (options) => zfs.perform(zfsSnapshotCommand(options), options),
    hold: async (options) => zfs.perform(zfsHoldCommand(options), options),
    release: async (options) => zfs.perform(zfsReleaseCommand(options), options),
    holds: async (options) => readHolds(zfs, options),
  };
}
