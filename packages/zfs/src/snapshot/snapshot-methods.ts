import type { CommandRunner, MethodTable } from '@quiesce/command';
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
}

/** The rows of {@link SnapshotMethods}. */
export const snapshotTable: MethodTable<SnapshotMethods> = {
  snapshot: { command: 'zfs snapshot', rows: zfsSnapshotRows },
};

/** Makes {@link SnapshotMethods}. */
export function snapshotMethods(zfs: CommandRunner): SnapshotMethods {
  return {
    snapshot: async (options) => zfs.perform(zfsSnapshotCommand(options), options),
  };
}
