import { checkArgument, InvalidArgumentError, type OneOrManyRow, type OtherRow, type TextRow } from '@quiesce/command';

type NamesRow = Omit<OneOrManyRow<string>, 'guard' | 'required'>;

const name = {
  pattern: /^[^\s\p{Cc},-][^\s\p{Cc},]*$/u,
  expected: 'the name of one user or group on the host, or its number',
  maximumBytes: 255,
};
const set = {
  pattern: /^@[A-Za-z0-9_.:-]+$/,
  expected: 'the name of a set of permissions without blanks, as @backup',
  maximumBytes: 64,
};
const permission = {
  pattern: /^(?:@[A-Za-z0-9_.:-]+|[a-z0-9_-]+)$/,
  expected: 'a permission of zfs-allow(8), as snapshot, or a set of them, as @backup',
  maximumBytes: 64,
};

/** The row of users or groups. */
export const granteesRow: NamesRow & { readonly required: true } = {
  kind: 'one-or-many',
  join: ',',
  each: { kind: 'text', check: (argument, value) => checkArgument(argument, value, name), sample: 'operator' },
  required: true,
};

/** The row of the name of a set of permissions. */
export const setRow: TextRow & { readonly required: true } = {
  kind: 'text',
  option: '-s',
  check: (argument, value) => checkArgument(argument, value, set),
  sample: '@backup',
  required: true,
};

/** The row of permissions. */
export const permissionsRow: NamesRow = {
  kind: 'one-or-many',
  join: ',',
  each: { kind: 'text', check: (argument, value) => checkArgument(argument, value, permission), sample: 'snapshot' },
};

/** The row of what is true where it is given: `everyone`, `createTime`. */
export function trueRow(option: string): OtherRow<true> & { readonly required: true } {
  const check = (argument: string, value: unknown): true => {
    if (value === true) return value;
    throw new InvalidArgumentError({ argument, value, expected: 'true, or to be left out' });
  };
  return { kind: 'other', option, check, sample: true, required: true };
}

/** Where a permission holds: the dataset `local`, what is below it `descendent`, or `both`. */
export type PermissionScope = 'local' | 'descendent' | 'both';

/** All of {@link PermissionScope}. */
export const scopes: readonly PermissionScope[] = ['local', 'descendent', 'both'];

/** Who or what a permission is for, as options that exclude each other. */
export interface Grantees {
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly everyone?: true;
  readonly createTime?: true;
  readonly set?: string;
  readonly scope?: PermissionScope;
}

/** The words for them. */
export function granteeWords({ createTime, everyone, groups, scope, set: setName, users }: Grantees): string[] {
  const scopeWords = scope === 'local' ? ['-l'] : scope === 'descendent' ? ['-d'] : [];
  if (users !== undefined) return [...scopeWords, '-u', users.join(',')];
  if (groups !== undefined) return [...scopeWords, '-g', groups.join(',')];
  if (everyone === true) return [...scopeWords, '-e'];
  if (createTime === true) return ['-c'];
  return setName === undefined ? [] : ['-s', setName];
}
