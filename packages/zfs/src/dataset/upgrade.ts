import {
  argumentWords,
  checkOptions,
  createCommand,
  type ArgumentTable,
  type CallOptions,
  type Command,
  type OneOrManyRow,
} from '@quiesce/command';
import { allRow } from '../all.js';
import { checkDataset } from '../names.js';

/** What {@link Zfs.upgrade} takes, whatever it upgrades. */
export interface ZfsUpgradeFlags extends CallOptions {
  /**
   * Version of the format, 1 to 5. There is no way back to an older one.
   * @default the newest that the release knows
   */
  readonly version?: number;
}

/** Upgrades some file systems. */
export interface ZfsUpgradeSomeOptions extends ZfsUpgradeFlags {
  /** File systems, as `tank/home`. */
  readonly filesystems: string | readonly string[];
  /**
   * Upgrades everything below them too.
   * @default false
   */
  readonly recursive?: boolean;
}

/** Upgrades all file systems of all pools. */
export interface ZfsUpgradeAllOptions extends ZfsUpgradeFlags {
  readonly all: true;
}

/** What {@link Zfs.upgrade} takes: `filesystems`, or `all`. */
export type ZfsUpgradeOptions = ZfsUpgradeSomeOptions | ZfsUpgradeAllOptions;

const filesystemsRow: Omit<OneOrManyRow<string>, 'required' | 'guard'> & { readonly required: true } = {
  kind: 'one-or-many',
  each: { kind: 'text', check: checkDataset, sample: 'tank/home' },
  required: true,
};

const flagRows = {
  recursive: { kind: 'flag', option: '-r' },
  version: { kind: 'integer', option: '-V', minimum: 1, maximum: 5 },
} as const;

/** The words of {@link ZfsUpgradeOptions}. */
export const zfsUpgradeRows: ArgumentTable<ZfsUpgradeOptions> = {
  exclusive: [
    { ...flagRows, filesystems: filesystemsRow },
    { version: flagRows.version, all: allRow },
  ],
};

/** Builds the command of {@link Zfs.upgrade}. See zfs-upgrade(8). */
export function zfsUpgradeCommand(options: ZfsUpgradeOptions): Command {
  const checked = checkOptions<ZfsUpgradeOptions>(zfsUpgradeRows, options);
  const what = 'filesystems' in checked ? ['--', ...checked.filesystems] : ['-a'];
  return createCommand('zfs', ['upgrade', ...argumentWords(flagRows, checked), ...what], { effect: 'write' });
}
