import type { CommandRunner, MethodTable } from '@quiesce/command';
import { parseRsyncVersion, rsyncVersionCommand, type RsyncVersion, type RsyncVersionOptions } from './version.js';

/** The methods of {@link Rsync} that tell what this rsync can do. */
export interface FeaturesMethods {
  /**
   * Tells which rsync it is and what it was built with.
   *
   * @example
   * ```ts
   * const { version, capabilities } = await rsync.version();
   * if (capabilities?.ACLs !== true) console.warn(`rsync ${version} keeps no ACLs`);
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  version(options?: RsyncVersionOptions): Promise<RsyncVersion>;
}

/** The rows of {@link FeaturesMethods}. */
export const featuresTable: MethodTable<FeaturesMethods> = {
  version: { command: 'rsync --version', rows: {} },
};

/** Makes {@link FeaturesMethods}. */
export function featuresMethods(rsync: CommandRunner): FeaturesMethods {
  return {
    version: async (options = {}) => rsync.read(rsyncVersionCommand(options), options, parseRsyncVersion),
  };
}
