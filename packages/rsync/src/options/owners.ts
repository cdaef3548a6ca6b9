import { InvalidArgumentError, isPlainObject } from '@quiesce/command';

/** Whose files become whose. */
export interface OwnerMapping {
  /**
   * The name at the source, perhaps with wildcards (`*`), a number, or numbers from-to as `0-99`.
   * `''` stands for numbers that have no name there.
   */
  readonly from: string;
  /** The name or the number at the destination. */
  readonly to: string;
}

/** A user, a group, or both, each by its name or its number. */
export interface Ownership {
  /** The user, as `backup` or `1000`. */
  readonly user?: string;
  /** The group, as `backup` or `1000`. */
  readonly group?: string;
}

// What would end the value, or begin another, in rsync's own list.
const owner = /^[^\s\0,:*?[\]/-][^\s\0,:*?[\]]*$/;
const fromOwner = /^[^\s\0,:]*$/;

function refuse(argument: string, value: unknown, expected: string): never {
  throw new InvalidArgumentError({ argument, value, expected });
}

function checkOwner(argument: string, value: unknown): string {
  if (typeof value === 'string' && owner.test(value)) return value;
  return refuse(argument, value, 'a name or a number, as "backup" or "1000"');
}

function requireKnown(argument: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const expected = `one of ${known.join(', ')}`;
  throw new InvalidArgumentError({
    argument: `${argument}.${unknown}`,
    value: undefined,
    expected,
    what: 'is no option',
  });
}

/** Checks whose files become whose. */
export function checkMappings(argument: string, value: unknown): readonly OwnerMapping[] {
  if (!Array.isArray(value) || value.length === 0)
    return refuse(argument, value, "a list, as [{ from: '*', to: 'backup' }]");
  const mappings = Array.from(value as unknown[], (mapping, index): OwnerMapping => {
    const path = `${argument}[${String(index)}]`;
    if (!isPlainObject(mapping)) return refuse(path, mapping, "an object, as { from: '*', to: 'backup' }");
    requireKnown(path, mapping, ['from', 'to']);
    const { from, to } = mapping;
    if (typeof from !== 'string' || !fromOwner.test(from)) {
      return refuse(`${path}.from`, from, 'a name, perhaps with wildcards, a number, or numbers as "0-99"');
    }
    return Object.freeze({ from, to: checkOwner(`${path}.to`, to) });
  });
  return Object.freeze(mappings);
}

/** Checks a user, a group, or both. */
export function checkOwnership(argument: string, value: unknown): Ownership {
  if (!isPlainObject(value)) return refuse(argument, value, "an object, as { user: 'backup', group: 'backup' }");
  requireKnown(argument, value, ['user', 'group']);
  const { group, user } = value;
  if (user === undefined && group === undefined) return refuse(argument, value, 'a user, a group, or both');
  return Object.freeze({
    ...(user !== undefined && { user: checkOwner(`${argument}.user`, user) }),
    ...(group !== undefined && { group: checkOwner(`${argument}.group`, group) }),
  });
}

/** Checks whom rsync works as: a user, and perhaps a group. */
export function checkCopyAs(argument: string, value: unknown): Ownership {
  const checked = checkOwnership(argument, value);
  return checked.user === undefined ? refuse(`${argument}.user`, undefined, 'a user, as "backup"') : checked;
}

/** The word of {@link OwnerMapping}s, as rsync has them. */
export const mappingsWord = (mappings: readonly OwnerMapping[]): string =>
  mappings.map(({ from, to }) => `${from}:${to}`).join(',');

/** The word of an {@link Ownership}, as rsync has it. */
export const ownershipWord = ({ group, user = '' }: Ownership): string =>
  group === undefined ? user : `${user}:${group}`;
