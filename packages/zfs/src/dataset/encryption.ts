import { InvalidArgumentError, isPlainObject, type OtherRow, type Rows } from '@quiesce/command';
import { keyProperties } from '../key/change-key.js';
import {
  checkKey,
  checkKeyOptions,
  keyFormats,
  keyLocationRow,
  keyRow,
  type KeyFormat,
  type KeyMaterial,
} from '../key/key-material.js';

/** How data is encrypted. */
export type EncryptionAlgorithm =
  'aes-128-ccm' | 'aes-192-ccm' | 'aes-256-ccm' | 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';

/** An encryption root to make. Exactly one of `key` and `keyLocation` is given. */
export interface ZfsCreateEncryptionOptions {
  /**
   * How the data is encrypted.
   * @default 'aes-256-gcm', before OpenZFS 0.8.4 'aes-256-ccm'
   */
  readonly algorithm?: EncryptionAlgorithm;
  /** What the key is written as. */
  readonly keyFormat: KeyFormat;
  /** The key or passphrase. It goes to zfs by standard input, now and when it is loaded. */
  readonly key?: KeyMaterial;
  /** Where the key lies, as `file:///etc/zfs/tank.key`; later it is loaded from there. */
  readonly keyLocation?: string;
  /**
   * How often a passphrase is hashed, 100000 or more. For passphrases only.
   * @default 350000
   */
  readonly iterations?: number;
}

const encryptionRows: Rows<ZfsCreateEncryptionOptions> = {
  algorithm: {
    kind: 'choice',
    values: ['aes-128-ccm', 'aes-192-ccm', 'aes-256-ccm', 'aes-128-gcm', 'aes-192-gcm', 'aes-256-gcm'],
  },
  keyFormat: { kind: 'choice', values: keyFormats, required: true },
  key: { kind: 'other', check: keyRow.check, sample: keyRow.sample },
  keyLocation: keyLocationRow,
  iterations: { kind: 'integer', minimum: 100_000, sample: 500_000 },
};

/** The words of an encryption root, and what goes to standard input with them. */
export function encryptionWords(options: ZfsCreateEncryptionOptions): {
  readonly words: readonly string[];
  readonly stdin: { readonly stdin?: KeyMaterial };
} {
  const { algorithm = 'on', key, keyFormat, keyLocation = 'prompt', iterations } = options;
  const change = { keyFormat, ...(iterations !== undefined && { iterations }) };
  const words = ['-o', `encryption=${algorithm}`, ...keyProperties(change, keyLocation, 'encryption.iterations')];
  return { words, stdin: key === undefined ? {} : { stdin: checkKey('encryption.key', key, keyFormat) } };
}

function checkEncryption(argument: string, value: unknown): ZfsCreateEncryptionOptions {
  // What is no object may be a key.
  if (!isPlainObject(value)) {
    const expected = 'an object with keyFormat, and key or keyLocation';
    throw new InvalidArgumentError({ argument, value: '***', expected });
  }
  const options = value as unknown as ZfsCreateEncryptionOptions;
  const checked = checkKeyOptions<ZfsCreateEncryptionOptions>(encryptionRows, options, argument);
  if ((checked.key === undefined) === (checked.keyLocation === undefined)) {
    const expected = 'either a key or a keyLocation';
    throw new InvalidArgumentError({ argument: `${argument}.key`, value: '***', expected });
  }
  return checked;
}

/** The row of an encryption root to make. */
export const encryptionRow: Omit<OtherRow<ZfsCreateEncryptionOptions>, 'required' | 'guard'> = {
  kind: 'other',
  check: checkEncryption,
  sample: { keyFormat: 'passphrase', keyLocation: 'file:///etc/zfs/tank.key' },
};
