import {
  ExitError,
  mapExitError,
  type CallOptions,
  type Command,
  type CommandRunner,
  type MethodTable,
} from '@quiesce/command';
import { zfsErrors } from '../error-rules.js';
import { zfsAllowCommand, zfsAllowRows, type ZfsAllowOptions } from './allow.js';
import {
  parseZfsPermissions,
  zfsPermissionsCommand,
  zfsPermissionsRows,
  type DatasetPermissions,
  type ZfsPermissionsOptions,
} from './permissions.js';
import { zfsUnallowCommand, zfsUnallowRows, type ZfsUnallowOptions } from './unallow.js';

/** The methods of {@link Zfs} that let others than root use datasets. */
export interface PermissionMethods {
  /**
   * Allows users, groups or everyone to do something with a dataset. On Linux mounting stays for
   * root alone, whatever is allowed.
   *
   * @throws {@link IdentityNotFoundError} for a user or group that the host does not know. Nothing
   * is allowed then, to the others either.
   * @throws {@link InvalidPermissionError} for a permission that there is not.
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const permissions = ['snapshot', 'mount', 'send'];
   * await zfs.allow({ dataset: 'tank/vm', set: '@backup', permissions });
   * await zfs.allow({ dataset: 'tank/vm', users: 'backup', permissions: '@backup' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-allow.8.html | zfs-allow(8)}
   */
  allow(options: ZfsAllowOptions): Promise<void>;

  /**
   * Takes permissions back. What is not allowed is no error.
   *
   * @throws {@link IdentityNotFoundError} for a user or group that the host does not know: give its
   * number.
   * @throws {@link InvalidPermissionError} for a permission that there is not.
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.unallow({ dataset: 'tank/vm', users: 'backup', recursive: true });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-allow.8.html | zfs-unallow(8)}
   */
  unallow(options: ZfsUnallowOptions): Promise<void>;

  /**
   * Tells what is allowed on a dataset, and on those above it as far as that holds for it.
   *
   * @throws {@link DatasetNotFoundError} for a name that does not exist.
   *
   * @example
   * ```ts
   * for (const { dataset, grants } of await zfs.permissions({ dataset: 'tank/vm' }))
   *   for (const { to, name, permissions } of grants) console.log(dataset, to, name, permissions);
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-allow.8.html | zfs-allow(8)}
   */
  permissions(options: ZfsPermissionsOptions): Promise<DatasetPermissions[]>;
}

/** The rows of {@link PermissionMethods}. */
export const permissionTable: MethodTable<PermissionMethods> = {
  allow: { command: 'zfs allow', rows: zfsAllowRows },
  unallow: { command: 'zfs unallow', rows: zfsUnallowRows },
  permissions: { command: 'zfs allow', rows: zfsPermissionsRows },
};

/**
 * A user or group that the host does not know is said on standard output below a page of usage, and
 * with exit code 0.
 */
async function perform(zfs: CommandRunner, command: Command, call: CallOptions): Promise<void> {
  const { exitCode, stderr, stdout } = await zfs.run(command, call);
  const [said] = /^zfs: error: .*$/m.exec(stdout) ?? [];
  if (said === undefined) return;
  throw mapExitError(new ExitError({ command, exitCode, stdout, stderr: `${stderr}${said}\n` }), zfsErrors);
}

/** Makes {@link PermissionMethods}. */
export function permissionMethods(zfs: CommandRunner): PermissionMethods {
  return {
    allow: async (options) => perform(zfs, zfsAllowCommand(options), options),
    unallow: async (options) => perform(zfs, zfsUnallowCommand(options), options),
    permissions: async (options) => zfs.read(zfsPermissionsCommand(options), options, parseZfsPermissions),
  };
}
