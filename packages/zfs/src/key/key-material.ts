import {
  checkArgument,
  checkOptions,
  InvalidArgumentError,
  type ArgumentTable,
  type Checked,
  type OtherRow,
  type TextRow,
} from '@quiesce/command';

/**
 * What a key is written as: `raw` 32 bytes, `hex` 64 digits, `passphrase` text of 8 to 512 bytes.
 */
export type KeyFormat = 'raw' | 'hex' | 'passphrase';

/** All of {@link KeyFormat}. */
export const keyFormats: readonly KeyFormat[] = ['passphrase', 'hex', 'raw'];

/** A key or passphrase. It reaches zfs by standard input, and nothing else. */
export type KeyMaterial = string | Uint8Array;

const forms: Readonly<Record<KeyFormat, { readonly is: (bytes: Uint8Array) => boolean; readonly expected: string }>> = {
  raw: { is: ({ length }) => length === 32, expected: '32 bytes, as a Uint8Array' },
  hex: { is: (bytes) => /^[0-9A-Fa-f]{64}$/.test(Buffer.from(bytes).toString('latin1')), expected: '64 hex digits' },
  passphrase: {
    is: (bytes) => bytes.length >= 8 && bytes.length <= 512 && !bytes.some((byte) => [0, 10, 13].includes(byte)),
    expected: 'a passphrase of 8 to 512 bytes in one line',
  },
};

function refuseKey(argument: string, expected: string): never {
  throw new InvalidArgumentError({ argument, value: '***', expected });
}

function checkKeyType(argument: string, value: unknown): KeyMaterial {
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) refuseKey(argument, 'a text or a Uint8Array');
  if (typeof value === 'string' && !value.isWellFormed()) refuseKey(argument, 'well-formed Unicode');
  return typeof value === 'string' ? value : new Uint8Array(value);
}

/** Checks a key, and shows it in no error. Only some callers know its format. */
export function checkKey(argument: string, value: KeyMaterial, format?: KeyFormat): KeyMaterial {
  // As many characters as bytes: a text would become other bytes on its way.
  if (format === 'raw' && typeof value === 'string') refuseKey(argument, forms.raw.expected);
  const bytes = Buffer.from(value);
  const allowed = format === undefined ? keyFormats : [format];
  if (!allowed.some((each) => forms[each].is(bytes))) {
    refuseKey(argument, allowed.map((each) => forms[each].expected).join(', or '));
  }
  return value;
}

/**
 * The row of a key. A builder knows which format it has to have, checks it by {@link checkKey}, and
 * hands it to standard input.
 */
export const keyRow: OtherRow<KeyMaterial> & { readonly required: true } = {
  kind: 'other',
  check: checkKeyType,
  sample: 'correct horse',
  required: true,
};

const location = {
  pattern: /^(?:file:\/\/\/|https?:\/\/)[^\s\p{Cc}]+$/u,
  expected: 'where a key lies, as file:///etc/zfs/tank.key; a key itself is given as `key`',
  maximumBytes: 1023,
};

/** Checks where a key lies. Whatever is there in its place may be a key: no error shows it. */
function checkKeyLocation(argument: string, value: string): string {
  try {
    return checkArgument(argument, value, location);
  } catch {
    return refuseKey(argument, location.expected);
  }
}

/** The row of where a key lies. */
export const keyLocationRow: Omit<TextRow, 'required' | 'guard'> = {
  kind: 'text',
  check: checkKeyLocation,
  sample: 'file:///etc/zfs/tank.key',
};

/**
 * The same as `checkOptions`, for options with a key in them: an error that refuses one, or a name
 * that was misspelt, does not show the value.
 *
 * @param path - Where the options stand, for those that are a part of others.
 */
export function checkKeyOptions<Options>(table: ArgumentTable<Options>, options: Options, path = ''): Checked<Options> {
  try {
    return checkOptions<Options>(table, options);
  } catch (error) {
    if (!InvalidArgumentError.isInstance(error)) throw error;
    const argument = [path, error.argument].filter((part) => part !== '').join('.');
    const what = /^\S+: (?:is no option)/.exec(error.message) === null ? {} : { what: 'is no option' };
    throw new InvalidArgumentError({ argument, value: '***', expected: error.expected, ...what });
  }
}
