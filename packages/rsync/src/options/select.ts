import type { Rows, TextRow } from '@quiesce/command';
import type { FilterRule } from './filter-rule.js';
import { checkFilters } from './filter-words.js';
import { checkLocalPath, checkPath } from './paths.js';
import { checkExclude } from './patterns.js';

/** Which files are copied. */
export interface RsyncSelectOptions {
  /**
   * Stays on the file system of each source: `--one-file-system`.
   * @default false
   */
  readonly oneFileSystem?: boolean;
  /**
   * As `oneFileSystem`, and leaves out the directories where others are mounted: `-xx`. For
   * `delete` they are then missing from the source: what the destination has there would be
   * removed, so a `protect` rule in `filters` has to keep it.
   * @default false
   */
  readonly omitMountPoints?: boolean;
  /**
   * Makes directories without going into them: `--dirs`. False takes it out of `filesFrom`.
   * @default false, with `filesFrom` true
   */
  readonly dirs?: boolean;
  /**
   * As `dirs`, for an rsync before 2.6.4 at the other end: `--old-dirs`.
   * @default false
   */
  readonly oldDirs?: boolean;
  /**
   * Copies paths as they are given, with the directories above: `/a/b` becomes `a/b` in the
   * destination: `--relative`. Only what comes after `/./` in a source counts.
   * @default false, with `filesFrom` true
   */
  readonly relative?: boolean;
  /**
   * Gives the directories that `relative` brings the attributes of those at the source; false lets
   * them be as they are: `--no-implied-dirs`.
   * @default true
   */
  readonly impliedDirs?: boolean;
  /**
   * True begins to copy before all files are found, false finds them all first, so that a progress
   * in percent is right from the start: `--inc-recursive`, `--no-inc-recursive`.
   * @default true where the other options allow it
   */
  readonly incRecursive?: boolean;
  /**
   * Leaves out directories in which nothing is to be copied: `--prune-empty-dirs`.
   * @default false
   */
  readonly pruneEmptyDirs?: boolean;
  /**
   * Leaves out larger files: `--max-size`. Nothing of them is removed.
   * @default no limit
   */
  readonly maxSizeBytes?: number;
  /**
   * Leaves out smaller files: `--min-size`.
   * @default no limit
   */
  readonly minSizeBytes?: number;
  /**
   * A file with the paths to copy, one a line, meant from `source`, of which there is one:
   * `--files-from`. Names with line breaks need `from0`. It brings `relative` and `dirs`; `archive`
   * does not go into directories with it, `recursive` does. The file is where rsync runs. From a
   * path in a module rsync 3.5.0 finds nothing by it where the daemon has no chroot: `files` does.
   * @default everything in `source`
   */
  readonly filesFrom?: string;
  /**
   * In all files of names and patterns a NUL, not a line break, ends each: `--from0`.
   * @default false
   */
  readonly from0?: boolean;
  /**
   * Filter rules by their parts, as `{ type: 'protect', pattern: '/lost+found/' }`, or in rsync's
   * own words, as `- *.tmp`, before `includes` and `excludes`: `--filter`. The first rule that fits
   * counts.
   * @default none
   */
  readonly filters?: string | FilterRule | readonly (string | FilterRule)[];
  /**
   * Patterns of files to copy although a later rule leaves them out: `--include`.
   * @default none
   */
  readonly includes?: string | readonly string[];
  /**
   * Patterns of files to leave out, as `/proc/*`: `--exclude`.
   * @default none
   */
  readonly excludes?: string | readonly string[];
  /**
   * A file there with one pattern a line, of what to copy all the same: `--include-from`.
   * @default none
   */
  readonly includeFrom?: string;
  /**
   * A file there with one pattern a line: `--exclude-from`.
   * @default none
   */
  readonly excludeFrom?: string;
  /**
   * Leaves out what CVS would, as `*.o`, and what `.cvsignore` names: `--cvs-exclude`.
   * @default false
   */
  readonly cvsExclude?: boolean;
}

const pattern: TextRow = { kind: 'text', check: checkExclude, sample: '*.tmp' };

/** The rows of {@link RsyncSelectOptions}. */
export const selectRows: Rows<RsyncSelectOptions> = {
  oneFileSystem: { kind: 'flag', guard: true, option: '--one-file-system' },
  omitMountPoints: { kind: 'flag', guard: true, option: '-xx' },
  dirs: { kind: 'flag', option: '--dirs', off: '--no-dirs' },
  oldDirs: { kind: 'flag', option: '--old-dirs' },
  relative: { kind: 'flag', option: '--relative', off: '--no-relative' },
  impliedDirs: { kind: 'flag', off: '--no-implied-dirs' },
  incRecursive: { kind: 'flag', option: '--inc-recursive', off: '--no-inc-recursive' },
  pruneEmptyDirs: { kind: 'flag', option: '--prune-empty-dirs' },
  maxSizeBytes: { kind: 'integer', guard: true, option: '--max-size=', unit: 'b' },
  minSizeBytes: { kind: 'integer', guard: true, option: '--min-size=', unit: 'b' },
  from0: { kind: 'flag', option: '--from0' },
  filesFrom: { kind: 'text', guard: true, option: '--files-from=', check: checkLocalPath, sample: '/etc/files' },
  filters: { kind: 'other', guard: true, option: '--filter=', check: checkFilters, sample: '- *.tmp' },
  includes: { kind: 'one-or-many', option: '--include=', each: pattern, mayBeEmpty: true },
  excludes: { kind: 'one-or-many', guard: true, option: '--exclude=', each: pattern, mayBeEmpty: true },
  includeFrom: { kind: 'text', option: '--include-from=', check: checkPath, sample: '/etc/includes' },
  excludeFrom: { kind: 'text', guard: true, option: '--exclude-from=', check: checkPath, sample: '/etc/excludes' },
  cvsExclude: { kind: 'flag', guard: true, option: '--cvs-exclude' },
};
