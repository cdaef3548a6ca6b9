import { OutputParseError, parseInteger, type TextRow } from '@quiesce/command';
import { checkDatasetOrSnapshot } from '../names.js';
import { parseRows } from '../output-rows.js';

/** Whom or what space is counted for. */
export type SpaceOwnerType = 'posixuser' | 'posixgroup' | 'smbuser' | 'smbgroup' | 'project';

/** What one user, group or project has of a file system. */
export interface SpaceUsage {
  /** What it is. */
  readonly type: SpaceOwnerType;
  /** Its name on the host; its number where the host has no name for it, and for projects. */
  readonly name: string;
  /** Space that its files take, in bytes. 0 for one that has no more than a quota. */
  readonly usedBytes: number;
  /** Space that its files may take, in bytes. Undefined where there is no limit. */
  readonly quotaBytes: number | undefined;
  /** How many files and folders it has. Undefined where the pool does not count them. */
  readonly objects: number | undefined;
  /** How many it may have. Undefined where there is no limit. */
  readonly objectQuota: number | undefined;
}

const columns = ['type', 'name', 'used', 'quota', 'objused', 'objquota'] as const;

/** The words that ask for the columns. */
export const spaceWords: readonly string[] = ['-Hp', '-o', columns.join(',')];

/** The row of a file system or snapshot. */
export const spaceDatasetRow: TextRow & { readonly required: true } = {
  kind: 'text',
  check: checkDatasetOrSnapshot,
  sample: 'tank/home',
  required: true,
};

const types: Readonly<Record<string, SpaceOwnerType>> = {
  'POSIX User': 'posixuser',
  'POSIX Group': 'posixgroup',
  'SMB User': 'smbuser',
  'SMB Group': 'smbgroup',
  Project: 'project',
};

/** The number of a cell, undefined where nothing is counted. */
function numberOf(column: string, text: string): number | undefined {
  return text === '-' || text === 'none' ? undefined : parseInteger(column, text);
}

/** A limit. Without one zfs prints 0. */
function limitOf(column: string, text: string): number | undefined {
  const limit = numberOf(column, text);
  return limit === 0 ? undefined : limit;
}

/**
 * Reads the rows of users, groups or projects. Their names are those that the host's administrator
 * gave: nobody else can make one look like a row.
 */
export function parseSpace(what: string, stdout: string): SpaceUsage[] {
  return parseRows(stdout, { what, columns }).map(({ name, objquota, objused, quota, type, used }) => {
    const known = types[type];
    if (known === undefined) throw new OutputParseError(`${what} names an unknown type`, { text: type });
    return {
      type: known,
      name,
      usedBytes: numberOf('used', used) ?? 0,
      quotaBytes: limitOf('quota', quota),
      objects: numberOf('objused', objused),
      objectQuota: limitOf('objquota', objquota),
    };
  });
}
