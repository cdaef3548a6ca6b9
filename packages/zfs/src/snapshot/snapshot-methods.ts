import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsBookmarkCommand, zfsBookmarkRows, type ZfsBookmarkOptions } from './bookmark.js';
import { parseZfsDiff, streamDiff, zfsDiffCommand, zfsDiffRows, type ZfsDiffOptions } from './diff.js';
import type { FileChange } from './diff-line.js';
import { zfsHoldCommand, zfsHoldRows, type ZfsHoldOptions } from './hold.js';
import { readHolds, zfsHoldsRows, type Hold, type ZfsHoldsOptions } from './holds.js';
import { zfsReleaseCommand, zfsReleaseRows, type ZfsReleaseOptions } from './release.js';
import { zfsSnapshotCommand, zfsSnapshotRows, type ZfsSnapshotOptions } from './snapshot.js';
import { readSnapshotPath, zfsSnapshotPathRows, type ZfsSnapshotPathOptions } from './snapshot-path.js';

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

  /**
   * Makes a bookmark of a snapshot, or copies one: what an incremental stream can begin at when the
   * snapshot is gone. It takes next to no space.
   *
   * @throws {@link DatasetNotFoundError} for a source that does not exist.
   * @throws {@link DatasetExistsError} for a bookmark that is there already.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.bookmark({ source: 'tank/vm@monday', bookmark: 'tank/vm#monday' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-bookmark.8.html | zfs-bookmark(8)}
   */
  bookmark(options: ZfsBookmarkOptions): Promise<void>;

  /**
   * Lists which files of a mounted file system changed since a snapshot, in no order. A file that
   * was removed while a program has it open may be left out. For more changes than fit in memory
   * see {@link SnapshotMethods.diffStream}.
   *
   * @throws {@link DatasetNotFoundError} for a snapshot that does not exist.
   * @throws {@link NotEarlierSnapshotError} when `to` does not follow from `from`.
   * @throws {@link NotMountedError} for a file system that is not mounted.
   * @throws {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * for (const file of await zfs.diff({ from: 'tank/home@monday', to: 'tank/home@tuesday' })) {
   *   console.log(file.change, file.path, file.change === 'renamed' ? file.newPath : '');
   * }
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-diff.8.html | zfs-diff(8)}
   */
  diff(options: ZfsDiffOptions): Promise<FileChange[]>;

  /**
   * Yields which files of a mounted file system changed since a snapshot, while zfs finds them: any
   * number passes in flat memory. Nothing runs before the loop begins, and leaving it ends the
   * command.
   *
   * @throws what {@link SnapshotMethods.diff} throws, in the loop: what came before it was true.
   *
   * @example
   * ```ts
   * for await (const { change, path } of zfs.diffStream({ from: 'tank/home@monday' })) {
   *   if (change === 'removed') console.log(path);
   * }
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-diff.8.html | zfs-diff(8)}
   */
  diffStream(options: ZfsDiffOptions): AsyncIterable<FileChange>;

  /**
   * Tells where the files of a snapshot can be read, as `/tank/vm/.zfs/snapshot/monday`, on the
   * machine that zfs runs on. The kernel mounts the snapshot when something is read there, also
   * where `.zfs` is hidden. Whether `file` is in the snapshot is not looked at. `zfs set` and
   * `rename` with `mount: false` change the mount point that zfs tells, and not where the file
   * system is mounted until then: this tells a wrong path.
   *
   * @throws {@link DatasetNotFoundError} for a snapshot that does not exist.
   * @throws {@link SnapshotNotReadableError} where there is no such place: `why` tells.
   *
   * @example
   * ```ts
   * const path = await zfs.snapshotPath({ snapshot: 'tank/vm@monday', file: 'etc/fstab' });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/7/zfsprops.7.html | zfsprops(7)}
   */
  snapshotPath(options: ZfsSnapshotPathOptions): Promise<string>;
}

/** The rows of {@link SnapshotMethods}. */
export const snapshotTable: MethodTable<SnapshotMethods> = {
  snapshot: { command: 'zfs snapshot', rows: zfsSnapshotRows },
  hold: { command: 'zfs hold', rows: zfsHoldRows },
  release: { command: 'zfs release', rows: zfsReleaseRows },
  holds: { command: 'zfs holds', rows: zfsHoldsRows },
  bookmark: { command: 'zfs bookmark', rows: zfsBookmarkRows },
  diff: { command: 'zfs diff', rows: zfsDiffRows },
  diffStream: { command: 'zfs diff', rows: zfsDiffRows },
  snapshotPath: { command: 'zfs get', rows: zfsSnapshotPathRows },
};

/** Makes {@link SnapshotMethods}. */
export function snapshotMethods(zfs: CommandRunner): SnapshotMethods {
  return {
    snapshot: async (options) => zfs.perform(zfsSnapshotCommand(options), options),
    hold: async (options) => zfs.perform(zfsHoldCommand(options), options),
    release: async (options) => zfs.perform(zfsReleaseCommand(options), options),
    holds: async (options) => readHolds(zfs, options),
    bookmark: async (options) => zfs.perform(zfsBookmarkCommand(options), options),
    diff: async (options) => zfs.read(zfsDiffCommand(options), options, parseZfsDiff),
    diffStream: (options) => streamDiff(zfs, options),
    snapshotPath: async (options) => readSnapshotPath(zfs, options),
  };
}
