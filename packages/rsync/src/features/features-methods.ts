import { checkOptions, type CommandRunner, type MethodTable } from '@quiesce/command';
import type { FeatureCheck } from './feature-check.js';
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

  /**
   * Tells the same as {@link FeaturesMethods.version}, asked once and kept for as long as the
   * client lives. A run asks too before it uses an option that not every rsync has. Once it is
   * known that the program is another, as openrsync, every run with it is refused before it begins.
   *
   * @throws `OutputParseError` where it is no rsync at all.
   *
   * @example
   * ```ts
   * const { capabilities } = await rsync.features();
   * await rsync.sync({
   *   ...{ source: '/data/', destination: '/backup/data/', archive: true },
   *   acls: capabilities?.ACLs === true,
   * });
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  features(options?: RsyncVersionOptions): Promise<RsyncVersion>;
}

/** The rows of {@link FeaturesMethods}. */
export const featuresTable: MethodTable<FeaturesMethods> = {
  version: { command: 'rsync --version', rows: {} },
  features: { command: 'rsync --version', rows: {} },
};

/** Makes {@link FeaturesMethods}. */
export function featuresMethods(rsync: CommandRunner, { features }: FeatureCheck): FeaturesMethods {
  return {
    version: async (options = {}) => rsync.read(rsyncVersionCommand(options), options, parseRsyncVersion),
    features: async (options = {}) => {
      checkOptions<RsyncVersionOptions>({}, options);
      return features(options);
    },
  };
}
