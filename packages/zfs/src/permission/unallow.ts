import { checkOptions, createCommand, type ArgumentTable, type CallOptions, type Command } from '@quiesce/command';
import { datasetRow } from '../names.js';
import { granteesRow, granteeWords, permissionsRow, scopes, setRow, trueRow } from './grantees.js';
import type { ZfsAllowScope } from './allow.js';

/** What {@link Zfs.unallow} takes, whoever it is for. */
export interface ZfsUnallowPermissions extends CallOptions {
  /** The file system or volume. */
  readonly dataset: string;
  /**
   * What is not allowed any more.
   * @default all that is allowed to them
   */
  readonly permissions?: string | readonly string[];
  /**
   * Takes it back on everything below the dataset too.
   * @default false
   */
  readonly recursive?: boolean;
}

/** Takes permissions from users. */
export interface ZfsUnallowUsersOptions extends ZfsUnallowPermissions, ZfsAllowScope {
  /** Their names on the host, or their numbers. */
  readonly users: string | readonly string[];
}

/** Takes permissions from groups. */
export interface ZfsUnallowGroupsOptions extends ZfsUnallowPermissions, ZfsAllowScope {
  /** Their names on the host, or their numbers. */
  readonly groups: string | readonly string[];
}

/** Takes back what is allowed to everyone. */
export interface ZfsUnallowEveryoneOptions extends ZfsUnallowPermissions, ZfsAllowScope {
  readonly everyone: true;
}

/** Takes back what is allowed to whoever makes a dataset. */
export interface ZfsUnallowCreateTimeOptions extends ZfsUnallowPermissions {
  readonly createTime: true;
}

/** Takes permissions out of a set, or removes it. */
export interface ZfsUnallowSetOptions extends ZfsUnallowPermissions {
  /** Its name, as `@backup`. */
  readonly set: string;
}

/** What {@link Zfs.unallow} takes: `users`, `groups`, `everyone`, `createTime` or a `set`. */
export type ZfsUnallowOptions =
  | ZfsUnallowUsersOptions
  | ZfsUnallowGroupsOptions
  | ZfsUnallowEveryoneOptions
  | ZfsUnallowCreateTimeOptions
  | ZfsUnallowSetOptions;

const scopeRow = { kind: 'choice', values: scopes } as const;
const rows = {
  recursive: { kind: 'flag', option: '-r' },
  // Without them all would go.
  permissions: { ...permissionsRow, guard: true },
  dataset: datasetRow,
} as const;

/** The words of {@link ZfsUnallowOptions}. */
export const zfsUnallowRows: ArgumentTable<ZfsUnallowOptions> = {
  exclusive: [
    { users: { ...granteesRow, option: '-u' }, scope: scopeRow, ...rows },
    { groups: { ...granteesRow, option: '-g' }, scope: scopeRow, ...rows },
    { everyone: trueRow('-e'), scope: scopeRow, ...rows },
    { createTime: trueRow('-c'), ...rows },
    { set: setRow, ...rows },
  ],
};

/** Builds the command of {@link Zfs.unallow}. See zfs-unallow(8). */
export function zfsUnallowCommand(options: ZfsUnallowOptions): Command {
  const checked = checkOptions<ZfsUnallowOptions>(zfsUnallowRows, options);
  const { dataset, permissions = [], recursive = false } = checked;
  const what = permissions.length === 0 ? [] : [permissions.join(',')];
  const words = [...(recursive ? ['-r'] : []), ...granteeWords(checked), '--', ...what, dataset];
  return createCommand('zfs', ['unallow', ...words], { effect: 'write' });
}
