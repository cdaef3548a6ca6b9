import { each, flag, integer, path, toggle, type ArgumentRow } from './argument-rows.js';
import { checkExclude, checkFilter } from './patterns.js';
import type { SyncArgumentOptions } from './sync-options.js';

/** One row for each option. */
export type SyncArgumentTable = {
  readonly [Name in keyof SyncArgumentOptions]-?: ArgumentRow<NonNullable<SyncArgumentOptions[Name]>>;
};

// bwlimit is an int of KiB inside rsync.
const maximumBandwidthBytes = 2 ** 31 * 1024 - 1024;
const maximumInt = 2 ** 31 - 1;

/** Which option of rsync each property is, in the order in which the words are written. */
export const syncArguments: SyncArgumentTable = {
  archive: flag('--archive'),
  recursive: flag('--recursive'),
  oneFileSystem: flag('--one-file-system'),
  hardLinks: flag('--hard-links'),
  acls: flag('--acls'),
  xattrs: flag('--xattrs'),
  numericIds: flag('--numeric-ids'),
  wholeFile: toggle('--whole-file'),
  inplace: flag('--inplace'),
  sparse: flag('--sparse'),
  partialDir: path('--partial-dir'),
  delete: flag('--delete'),
  deleteExcluded: flag('--delete-excluded'),
  maxDelete: integer('--max-delete', { maximum: maximumInt }),
  filters: each('--filter', checkFilter),
  excludes: each('--exclude', checkExclude),
  excludeFrom: path('--exclude-from'),
  checksum: flag('--checksum'),
  modifyWindowSeconds: integer('--modify-window', { minimum: -1, maximum: maximumInt }),
  compress: flag('--compress'),
  bandwidthLimitBytesPerSecond: integer('--bwlimit', { minimum: 1024, maximum: maximumBandwidthBytes, unit: 'b' }),
  ioTimeoutSeconds: integer('--timeout', { minimum: 1, maximum: maximumInt }),
  dryRun: flag('--dry-run'),
};

/** The words of the command line that options stand for. */
export function syncArgumentWords(options: SyncArgumentOptions): string[] {
  // The table's type pairs each row with its own kind of value.
  const rows = Object.entries(syncArguments) as [keyof SyncArgumentOptions, ArgumentRow<never>][];
  return rows.flatMap(([name, row]) => {
    const value = options[name];
    return value === undefined ? [] : row.build(value as never, name);
  });
}
