import { checkArgument, InvalidArgumentError, type TextRow } from '@quiesce/command';
import { checkPool } from '../../names.js';

// zpool refuses what it could take for a kind of vdev.
const reservedPattern = /^(?:mirror|raidz|draid|spare|log$)/;

/** Checks the name that a pool is to have. */
function checkNewPool(argument: string, value: string): string {
  const name = checkPool(argument, value);
  if (!reservedPattern.test(name)) return name;
  const expected =
    'a name that zpool does not keep to itself: not log, and none that begins with mirror, raidz, draid or spare';
  throw new InvalidArgumentError({ argument, value, expected });
}

/** Checks the name of a pool, or the number that stays the same when it is renamed. */
function checkPoolOrGuid(argument: string, value: string): string {
  return /^\d{1,20}$/.test(value) ? value : checkPool(argument, value);
}

function checkPath(argument: string, value: string): string {
  return checkArgument(argument, value, {
    pattern: /^\/[^\p{Cc}]*$/u,
    expected: 'a path that begins with /, without control characters',
  });
}

function checkMountpoint(argument: string, value: string): string {
  return value === 'none' || value === 'legacy' ? value : checkPath(argument, value);
}

type PlainTextRow = Omit<TextRow, 'required' | 'guard'>;

/** The row of one pool. */
export const poolRow: TextRow & { readonly required: true } = {
  kind: 'text',
  check: checkPool,
  sample: 'tank',
  required: true,
};

/** The row of one pool by its name or guid. */
export const poolOrGuidRow: TextRow & { readonly required: true } = {
  kind: 'text',
  check: checkPoolOrGuid,
  sample: 'tank',
  required: true,
};

/** The row of the name of a pool that is to be made. */
export const newPoolRow: PlainTextRow = { kind: 'text', check: checkNewPool, sample: 'depot' };

/** The row of a folder, or a device file. */
export const pathRow: PlainTextRow = { kind: 'text', check: checkPath, sample: '/dev/disk/by-id' };

/** The row of the root that all mount points of a pool are below. */
export const altrootRow: PlainTextRow & { readonly option: '-R' } = {
  kind: 'text',
  option: '-R',
  check: checkPath,
  sample: '/mnt',
};

/** The row of where a pool is mounted. */
export const mountpointRow: PlainTextRow & { readonly option: '-m' } = {
  kind: 'text',
  option: '-m',
  check: checkMountpoint,
  sample: '/srv/tank',
};

/** The row of options of mount(8). zpool takes one with a `=` for a property. */
export const mountOptionRow: PlainTextRow = {
  kind: 'text',
  check: (argument, value) =>
    checkArgument(argument, value, {
      pattern: /^[A-Za-z][\w.:/%+@-]*$/,
      expected: 'one option of mount(8) without a value, as noatime',
    }),
  sample: 'noatime',
};
