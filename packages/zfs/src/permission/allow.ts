import { checkOptions, createCommand, type ArgumentTable, type CallOptions, type Command } from '@quiesce/command';
import { datasetRow } from '../names.js';
import {
  granteesRow,
  granteeWords,
  permissionsRow,
  scopes,
  setRow,
  trueRow,
  type PermissionScope,
} from './grantees.js';

/** What {@link Zfs.allow} takes, whoever it is for. */
export interface ZfsAllowPermissions extends CallOptions {
  /** The file system or volume. */
  readonly dataset: string;
  /** What is allowed, as `snapshot` or `compression`, or sets of permissions, as `@backup`. */
  readonly permissions: string | readonly string[];
}

/** Where permissions hold. */
export interface ZfsAllowScope {
  /**
   * The dataset alone, what is below it alone, or both.
   * @default 'both'
   */
  readonly scope?: PermissionScope;
}

/** Allows users to do something. */
export interface ZfsAllowUsersOptions extends ZfsAllowPermissions, ZfsAllowScope {
  /** Their names on the host, or their numbers. */
  readonly users: string | readonly string[];
}

/** Allows the members of groups to do something. */
export interface ZfsAllowGroupsOptions extends ZfsAllowPermissions, ZfsAllowScope {
  /** Their names on the host, or their numbers. */
  readonly groups: string | readonly string[];
}

/** Allows everyone to do something. */
export interface ZfsAllowEveryoneOptions extends ZfsAllowPermissions, ZfsAllowScope {
  readonly everyone: true;
}

/** Allows whoever makes a dataset below this one to do something with it. */
export interface ZfsAllowCreateTimeOptions extends ZfsAllowPermissions {
  readonly createTime: true;
}

/** Makes a set of permissions, or adds to it. */
export interface ZfsAllowSetOptions extends ZfsAllowPermissions {
  /** Its name, as `@backup`. */
  readonly set: string;
}

/** What {@link Zfs.allow} takes: `users`, `groups`, `everyone`, `createTime` or a `set`. */
export type ZfsAllowOptions =
  | ZfsAllowUsersOptions
  | ZfsAllowGroupsOptions
  | ZfsAllowEveryoneOptions
  | ZfsAllowCreateTimeOptions
  | ZfsAllowSetOptions;

const scopeRow = { kind: 'choice', values: scopes } as const;
const rows = { permissions: { ...permissionsRow, required: true }, dataset: datasetRow } as const;

/** The words of {@link ZfsAllowOptions}. */
export const zfsAllowRows: ArgumentTable<ZfsAllowOptions> = {
  exclusive: [
    { users: { ...granteesRow, option: '-u' }, scope: scopeRow, ...rows },
    { groups: { ...granteesRow, option: '-g' }, scope: scopeRow, ...rows },
    { everyone: trueRow('-e'), scope: scopeRow, ...rows },
    { createTime: trueRow('-c'), ...rows },
    { set: setRow, ...rows },
  ],
};

/** Builds the command of {@link Zfs.allow}. See zfs-allow(8). */
export function zfsAllowCommand(options: ZfsAllowOptions): Command {
  const checked = checkOptions<ZfsAllowOptions>(zfsAllowRows, options);
  const { dataset, permissions } = checked;
  const words = [...granteeWords(checked), '--', permissions.join(','), dataset];
  return createCommand('zfs', ['allow', ...words], { effect: 'write' });
}
