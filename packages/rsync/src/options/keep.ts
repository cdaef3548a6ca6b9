import type { Rows } from '@quiesce/command';
import { checkModes } from './modes.js';
import { checkCopyAs, checkMappings, checkOwnership, type OwnerMapping, type Ownership } from './owners.js';

/** What is kept of a file besides its data. */
export interface RsyncKeepOptions {
  /**
   * Copies directories and keeps links, permissions, times, owners, devices: `--archive`. Not hard
   * links, ACLs, xattrs, access times. What it brings can be taken out again: `owner: false`.
   * @default false
   */
  readonly archive?: boolean;
  /**
   * Goes into directories: `--recursive`. Part of `archive`.
   * @default what `archive` says
   */
  readonly recursive?: boolean;
  /**
   * Copies symbolic links as links: `--links`. Part of `archive`.
   * @default what `archive` says
   */
  readonly links?: boolean;
  /**
   * Copies what symbolic links point to in their place: `--copy-links`.
   * @default false
   */
  readonly copyLinks?: boolean;
  /**
   * Copies what symbolic links point to where that lies outside the copied tree:
   * `--copy-unsafe-links`.
   * @default false
   */
  readonly copyUnsafeLinks?: boolean;
  /**
   * Leaves out symbolic links that point outside the copied tree: `--safe-links`.
   * @default false
   */
  readonly safeLinks?: boolean;
  /**
   * Makes symbolic links that come from another machine unusable, and usable again on their way
   * back: `--munge-links`. Where both ends are local it only makes them usable.
   * @default false
   */
  readonly mungeLinks?: boolean;
  /**
   * Copies the directory in place of a symbolic link to one: `--copy-dirlinks`.
   * @default false
   */
  readonly copyDirlinks?: boolean;
  /**
   * Takes a symbolic link to a directory, at the destination, for that directory:
   * `--keep-dirlinks`. rsync 3.5 only follows a relative one that stays in the destination.
   * @default false
   */
  readonly keepDirlinks?: boolean;
  /**
   * Keeps hard links among the copied files: `--hard-links`.
   * @default false
   */
  readonly hardLinks?: boolean;
  /**
   * Keeps permissions: `--perms`. Part of `archive`.
   * @default what `archive` says
   */
  readonly perms?: boolean;
  /**
   * Keeps whether a file can be executed, without `perms`: `--executability`.
   * @default false
   */
  readonly executability?: boolean;
  /**
   * Changes permissions on their way, one mode after the other: `--chmod`. A mode is an octal
   * number or symbolic, as chmod(1) takes it; after `D` it is for directories only, after `F` for
   * everything else: `['D755', 'Fgo-w']`. Permissions of files that the destination has already
   * only change with `archive`. Copying them from other users, as `g=u`, needs rsync 3.5.
   * @default permissions stay as they are
   */
  readonly chmod?: string | readonly string[];
  /**
   * Keeps access control lists: `--acls`. Brings `perms`.
   * @default false
   */
  readonly acls?: boolean;
  /**
   * Keeps extended attributes: `--xattrs`.
   * @default false
   */
  readonly xattrs?: boolean;
  /**
   * As `xattrs`, and keeps those too in which rsync itself has written what `fakeSuper` pretends:
   * `-XX`. So a copy made with `fakeSuper` is copied as it lies there.
   * @default false
   */
  readonly rsyncXattrs?: boolean;
  /**
   * Keeps owners, which only root can: `--owner`. Part of `archive`.
   * @default what `archive` says
   */
  readonly owner?: boolean;
  /**
   * Keeps groups: `--group`. Part of `archive`.
   * @default what `archive` says
   */
  readonly group?: boolean;
  /**
   * Keeps device files, which only root can: `--devices`. Part of `archive`.
   * @default what `archive` says
   */
  readonly devices?: boolean;
  /**
   * Keeps named pipes and sockets: `--specials`. Part of `archive`.
   * @default what `archive` says
   */
  readonly specials?: boolean;
  /**
   * The receiver makes no device files and no named pipes, whatever the sender says: `--drop-D`.
   * Since rsync 3.5.
   * @default false
   */
  readonly dropDevices?: boolean;
  /**
   * Keeps times of the last change: `--times`. Part of `archive`. Without it the next run finds
   * every file changed.
   * @default what `archive` says
   */
  readonly times?: boolean;
  /**
   * Keeps times of the last access: `--atimes`.
   * @default false
   */
  readonly atimes?: boolean;
  /**
   * Reads files without changing when they were last read: `--open-noatime`.
   * @default false
   */
  readonly openNoatime?: boolean;
  /**
   * Keeps times of creation, where the system can set them, which Linux can't: `--crtimes`. An
   * rsync that can't is an {@link UnsupportedError} or a {@link UsageError}.
   * @default false
   */
  readonly crtimes?: boolean;
  /**
   * Leaves times of directories alone: `--omit-dir-times`.
   * @default false
   */
  readonly omitDirTimes?: boolean;
  /**
   * Leaves times of symbolic links alone: `--omit-link-times`.
   * @default false
   */
  readonly omitLinkTimes?: boolean;
  /**
   * True has the receiver try what only root can, false keeps even root from it: `--super`,
   * `--no-super`.
   * @default what only root can is done when rsync runs as root
   */
  readonly super?: boolean;
  /**
   * Keeps owners, devices and such in extended attributes instead of setting them: `--fake-super`.
   * @default false
   */
  readonly fakeSuper?: boolean;
  /**
   * Keeps numbers of users and groups instead of looking up their names: `--numeric-ids`.
   * @default false
   */
  readonly numericIds?: boolean;
  /**
   * Gives files of some users to others, the first that fits: `--usermap`. Brings `owner`.
   * @default owners stay as they are
   */
  readonly usermap?: readonly OwnerMapping[];
  /**
   * Gives files of some groups to others, the first that fits: `--groupmap`. Brings `group`.
   * @default groups stay as they are
   */
  readonly groupmap?: readonly OwnerMapping[];
  /**
   * Gives all files to a user, a group, or both: `--chown`. Brings `owner` and `group`.
   * @default owners stay as they are
   */
  readonly chown?: Ownership;
  /**
   * Reads and writes as this user, and perhaps this group, which only root can: `--copy-as`.
   * @default the user who runs rsync
   */
  readonly copyAs?: Ownership;
}

/** The rows of {@link RsyncKeepOptions}. */
export const keepRows: Rows<RsyncKeepOptions> = {
  archive: { kind: 'flag', option: '--archive' },
  recursive: { kind: 'flag', option: '--recursive', off: '--no-recursive' },
  links: { kind: 'flag', option: '--links', off: '--no-links' },
  copyLinks: { kind: 'flag', option: '--copy-links' },
  copyUnsafeLinks: { kind: 'flag', option: '--copy-unsafe-links' },
  safeLinks: { kind: 'flag', option: '--safe-links', guard: true },
  mungeLinks: { kind: 'flag', option: '--munge-links', guard: true },
  copyDirlinks: { kind: 'flag', option: '--copy-dirlinks' },
  keepDirlinks: { kind: 'flag', option: '--keep-dirlinks' },
  hardLinks: { kind: 'flag', option: '--hard-links' },
  perms: { kind: 'flag', option: '--perms', off: '--no-perms' },
  executability: { kind: 'flag', option: '--executability' },
  acls: { kind: 'flag', option: '--acls' },
  xattrs: { kind: 'flag', option: '--xattrs' },
  rsyncXattrs: { kind: 'flag', option: '-XX' },
  owner: { kind: 'flag', option: '--owner', off: '--no-owner' },
  group: { kind: 'flag', option: '--group', off: '--no-group' },
  devices: { kind: 'flag', option: '--devices', off: '--no-devices' },
  specials: { kind: 'flag', option: '--specials', off: '--no-specials' },
  dropDevices: { kind: 'flag', option: '--drop-D', guard: true, since: '3.5.0' },
  times: { kind: 'flag', option: '--times', off: '--no-times' },
  atimes: { kind: 'flag', option: '--atimes', since: '3.2.0' },
  openNoatime: { kind: 'flag', option: '--open-noatime', since: '3.2.0' },
  crtimes: { kind: 'flag', option: '--crtimes', since: '3.2.3' },
  omitDirTimes: { kind: 'flag', option: '--omit-dir-times' },
  omitLinkTimes: { kind: 'flag', option: '--omit-link-times' },
  super: { kind: 'flag', option: '--super', off: '--no-super' },
  fakeSuper: { kind: 'flag', option: '--fake-super' },
  numericIds: { kind: 'flag', option: '--numeric-ids' },
  chmod: {
    kind: 'one-or-many',
    option: '--chmod=',
    each: { kind: 'text', check: checkModes, sample: 'D755' },
    join: ',',
  },
  usermap: { kind: 'other', option: '--usermap=', check: checkMappings, sample: [{ from: '0-99', to: 'nobody' }] },
  groupmap: { kind: 'other', option: '--groupmap=', check: checkMappings, sample: [{ from: '*', to: 'nogroup' }] },
  chown: { kind: 'other', option: '--chown=', check: checkOwnership, sample: { user: 'nobody', group: 'nogroup' } },
  copyAs: { kind: 'other', option: '--copy-as=', since: '3.2.0', check: checkCopyAs, sample: { user: 'nobody' } },
};
