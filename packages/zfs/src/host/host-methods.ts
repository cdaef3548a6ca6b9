import type { CommandRunner, MethodTable } from '@quiesce/command';
import { parseZfsVersion, zfsVersionCommand, type ZfsVersion, type ZfsVersionOptions } from './version.js';

/** The methods of {@link Zfs} that are about the machine. */
export interface ZfsHostMethods {
  /**
   * Tells the releases of ZFS on the machine: that of its programs, and that of the module which
   * the kernel runs.
   *
   * @throws {@link ZfsError} where the module is not loaded.
   *
   * @example
   * ```ts
   * const { programs, module } = await zfs.version();
   * if (programs !== module) console.warn('restart to run', programs);
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-version.8.html | zfs-version(8)}
   */
  version(options?: ZfsVersionOptions): Promise<ZfsVersion>;
}

/** The rows of {@link ZfsHostMethods}. */
export const hostTable: MethodTable<ZfsHostMethods> = {
  version: { command: 'zfs version', rows: {} },
};

/** Makes {@link ZfsHostMethods}. */
export function hostMethods(zfs: CommandRunner): ZfsHostMethods {
  return {
    version: async (options = {}) => zfs.read(zfsVersionCommand(options), options, parseZfsVersion),
  };
}
