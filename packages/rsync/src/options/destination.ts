import type { Rows } from '@quiesce/command';
import { checkAbsolutePath, checkPath } from './paths.js';
import { checkBackupSuffix, checkText } from './patterns.js';

/** What happens at the destination besides. */
export interface RsyncDestinationOptions {
  /**
   * Makes all directories above the destination: `--mkpath`.
   * @default false: only its last component is made
   */
  readonly mkpath?: boolean;
  /**
   * Keeps what is replaced or removed, under its name and `suffix`: `--backup`.
   * @default false
   */
  readonly backup?: boolean;
  /**
   * Keeps it in this directory instead: `--backup-dir`. What is not absolute is meant from the
   * destination. Implies `backup`.
   * @default beside the file
   */
  readonly backupDir?: string;
  /**
   * The end of the names of what `backup` or `backupDir` keeps: `--suffix`. No slash. Only with one
   * of them.
   * @default '~', with `backupDir` none
   */
  readonly suffix?: string;
  /**
   * Writes files in this directory until they are whole: `--temp-dir`. On another file system than
   * the destination they are copied from there.
   * @default beside the file
   */
  readonly tempDir?: string;
  /**
   * Keeps the part of a file that an interrupted run has got under the file's own name:
   * `--partial`.
   * @default false: it is removed
   */
  readonly partial?: boolean;
  /**
   * Keeps the part of a file that an interrupted run has got, in this directory: `--partial-dir`.
   * Not with `inplace`.
   * @default what `partial` says
   */
  readonly partialDir?: string;
  /**
   * Puts all files in their place at the end of the run: `--delay-updates`. Not with `inplace`.
   * @default false
   */
  readonly delayUpdates?: boolean;
  /**
   * Follows symbolic links in the paths of options and rules whoever made them, as rsync did before
   * 3.5: `--insecure-links`. Since rsync 3.5.
   * @default false
   */
  readonly insecureLinks?: boolean;
  /**
   * Refuses paths of options and rules that lead out of this directory, an absolute one:
   * `--confine-root`. Since rsync 3.5.
   * @default no limit
   */
  readonly confineRoot?: string;
  /**
   * A file on the machine where rsync runs to add a line to for all that it does: `--log-file`. It
   * is written in a dry run too.
   * @default none
   */
  readonly logFile?: string;
  /**
   * What a line of `logFile` looks like, as `%t %f`: `--log-file-format`. Only with `logFile`.
   * @default '%i %n%L'
   */
  readonly logFileFormat?: string;
}

const directory = { kind: 'text', check: checkPath } as const;

/** The rows of {@link RsyncDestinationOptions}. */
export const destinationRows: Rows<RsyncDestinationOptions> = {
  mkpath: { kind: 'flag', option: '--mkpath', since: '3.2.3' },
  backup: { kind: 'flag', guard: true, option: '--backup' },
  backupDir: { ...directory, guard: true, option: '--backup-dir=', sample: '/old' },
  suffix: { kind: 'text', guard: true, option: '--suffix=', check: checkBackupSuffix, sample: '.old' },
  tempDir: { ...directory, option: '--temp-dir=', sample: '/var/tmp' },
  partial: { kind: 'flag', option: '--partial' },
  partialDir: { ...directory, option: '--partial-dir=', sample: '.part' },
  delayUpdates: { kind: 'flag', option: '--delay-updates' },
  insecureLinks: { kind: 'flag', option: '--insecure-links', since: '3.5.0' },
  confineRoot: {
    ...{ kind: 'text', guard: true, option: '--confine-root=' },
    ...{ check: checkAbsolutePath, sample: '/backup', since: '3.5.0' },
  },
  logFile: { ...directory, option: '--log-file=', sample: '/var/log/rsync.log' },
  logFileFormat: {
    kind: 'text',
    option: '--log-file-format=',
    check: (argument, value) => checkText(argument, value, 'a format, as "%t %f"'),
    sample: '%t %f',
  },
};
