import {
  checkOptions,
  createCommand,
  OutputParseError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { datasetRow } from '../names.js';
import { outputLines } from '../output-rows.js';
import type { PermissionScope } from './grantees.js';

/** What {@link Zfs.permissions} takes. */
export interface ZfsPermissionsOptions extends CallOptions {
  /** The file system or volume. */
  readonly dataset: string;
}

/** What somebody may do. */
export interface Grant {
  /** Who it is: one user, the members of one group, or everyone. */
  readonly to: 'user' | 'group' | 'everyone';
  /** The name on the host. Undefined for everyone, and for one whom the host does not know. */
  readonly name: string | undefined;
  /** The number of a user or group that the host has no name for. */
  readonly id: number | undefined;
  /** Where it holds: the dataset, what is below it, or both. */
  readonly scope: PermissionScope;
  /** What is allowed, as `snapshot`, and sets of permissions, as `@backup`. */
  readonly permissions: readonly string[];
}

/** What was allowed on one dataset. */
export interface DatasetPermissions {
  /** The dataset on which it was allowed: the one that was asked for, or one above it. */
  readonly dataset: string;
  /** Its sets of permissions, by their names, as `@backup`. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** What whoever makes a dataset below it may do with that. */
  readonly createTime: readonly string[];
  /** Who may do what. */
  readonly grants: readonly Grant[];
}

/** The words of {@link ZfsPermissionsOptions}. */
export const zfsPermissionsRows: Rows<ZfsPermissionsOptions> = { dataset: datasetRow };

/** Builds the command of {@link Zfs.permissions}. See zfs-allow(8). */
export function zfsPermissionsCommand(options: ZfsPermissionsOptions): Command {
  const { dataset } = checkOptions<ZfsPermissionsOptions>(zfsPermissionsRows, options);
  return createCommand('zfs', ['allow', '--', dataset], { effect: 'read' });
}

type Section = 'sets' | 'createTime' | PermissionScope;

const sections: Readonly<Record<string, Section>> = {
  'Permission sets:': 'sets',
  'Create time permissions:': 'createTime',
  'Local permissions:': 'local',
  'Descendent permissions:': 'descendent',
  'Local+Descendent permissions:': 'both',
};

// The line is filled up with hyphens, and has none after a long name.
const heading = /^---- Permissions on (?<dataset>.+) -*$/;
const grantRow = /^\t(?<to>user|group|everyone) (?:(?:\(unknown: (?<id>\d+)\)|(?<name>.+)) )?(?<list>\S+)$/;
const setRow = /^\t(?<set>@.+) (?<list>\S+)$/;

function refuse(text: string): never {
  throw new OutputParseError('a row of zfs allow is not as expected', { text });
}

function parseGrant(line: string, scope: PermissionScope): Grant {
  const { id, list, name, to } = grantRow.exec(line)?.groups ?? {};
  if (list === undefined || (to !== 'user' && to !== 'group' && to !== 'everyone')) return refuse(line);
  // A set may have blanks in its name, and would make another one of a user's.
  if (name?.includes(' @') === true || (to === 'everyone' && name !== undefined)) return refuse(line);
  return { to, name, id: id === undefined ? undefined : Number(id), scope, permissions: list.split(',') };
}

interface Mutable {
  readonly dataset: string;
  readonly sets: Record<string, readonly string[]>;
  createTime: string[];
  readonly grants: Grant[];
}

/**
 * Reads what the command of {@link Zfs.permissions} prints. It is made for people, and zfs has no
 * other; nothing in it can hold a line break.
 */
export function parseZfsPermissions(stdout: string): DatasetPermissions[] {
  const found: Mutable[] = [];
  let section: Section | undefined;
  for (const line of outputLines(stdout)) {
    const { dataset } = heading.exec(line)?.groups ?? {};
    const current = found.at(-1);
    if (dataset !== undefined) {
      found.push({ dataset, sets: {}, createTime: [], grants: [] });
      section = undefined;
    } else if (sections[line] !== undefined) {
      section = sections[line];
    } else if (current === undefined || section === undefined) {
      refuse(line);
    } else if (section === 'sets') {
      const { list = refuse(line), set = '' } = setRow.exec(line)?.groups ?? {};
      current.sets[set] = list.split(',');
    } else if (section === 'createTime') {
      current.createTime = line.trim().split(',');
    } else {
      current.grants.push(parseGrant(line, section));
    }
  }
  return found;
}
