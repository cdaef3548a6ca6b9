import type { CommandRunner, MethodTable } from '@quiesce/command';
import {
  parseZfsGroupspace,
  zfsGroupspaceCommand,
  zfsGroupspaceRows,
  type ZfsGroupspaceOptions,
} from './groupspace.js';
import {
  parseZfsProjectspace,
  zfsProjectspaceCommand,
  zfsProjectspaceRows,
  type ZfsProjectspaceOptions,
} from './projectspace.js';
import type { SpaceUsage } from './space-usage.js';
import { parseZfsUserspace, zfsUserspaceCommand, zfsUserspaceRows, type ZfsUserspaceOptions } from './userspace.js';

/** The methods of {@link Zfs} that tell who takes how much space. */
export interface SpaceMethods {
  /**
   * Tells how much each user has of a file system, and may have. zfs counts what is written with
   * some seconds of delay.
   *
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * for (const { name, usedBytes, quotaBytes } of await zfs.userspace({ dataset: 'tank/home' }))
   *   console.log(name, usedBytes, quotaBytes ?? 'no quota');
   * await zfs.set({ datasets: 'tank/home', properties: { 'userquota@tim': '1000000000' } });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-userspace.8.html | zfs-userspace(8)}
   */
  userspace(options: ZfsUserspaceOptions): Promise<SpaceUsage[]>;

  /**
   * Tells how much each group has of a file system, and may have.
   *
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const groups = await zfs.groupspace({ dataset: 'tank/home@monday', numeric: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-userspace.8.html | zfs-groupspace(8)}
   */
  groupspace(options: ZfsGroupspaceOptions): Promise<SpaceUsage[]>;

  /**
   * Tells how much each project has of a file system, and may have: files that zfs-project(8) gave
   * the same number. Those that have none are project 0.
   *
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const projects = await zfs.projectspace({ dataset: 'tank/home' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-userspace.8.html | zfs-projectspace(8)}
   */
  projectspace(options: ZfsProjectspaceOptions): Promise<SpaceUsage[]>;
}

/** The rows of {@link SpaceMethods}. */
export const spaceTable: MethodTable<SpaceMethods> = {
  userspace: { command: 'zfs userspace', rows: zfsUserspaceRows },
  groupspace: { command: 'zfs groupspace', rows: zfsGroupspaceRows },
  projectspace: { command: 'zfs projectspace', rows: zfsProjectspaceRows },
};

/** Makes {@link SpaceMethods}. */
export function spaceMethods(zfs: CommandRunner): SpaceMethods {
  return {
    userspace: async (options) => zfs.read(zfsUserspaceCommand(options), options, parseZfsUserspace),
    groupspace: async (options) => zfs.read(zfsGroupspaceCommand(options), options, parseZfsGroupspace),
    projectspace: async (options) => zfs.read(zfsProjectspaceCommand(options), options, parseZfsProjectspace),
  };
}
