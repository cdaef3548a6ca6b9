import {
  createCommand,
  InvalidArgumentError,
  type ArgumentTable,
  type CallOptions,
  type Command,
} from '@quiesce/command';
import { datasetRow } from '../names.js';
import {
  checkKey,
  checkKeyOptions,
  keyFormats,
  keyLocationRow,
  keyRow,
  type KeyFormat,
  type KeyMaterial,
} from './key-material.js';

/** What {@link Zfs.changeKey} takes, wherever the new key comes from. */
export interface ZfsChangeKeyFlags extends CallOptions {
  /** The dataset. Its key has to be loaded. */
  readonly dataset: string;
  /**
   * Loads the old key first, from the file that `keylocation` names. For one that was given with a
   * call, call {@link Zfs.loadKey} before.
   * @default false
   */
  readonly loadKey?: boolean;
}

/** How a new key is made. */
export interface KeyChange {
  /**
   * What the new key is written as.
   * @default as the old one
   */
  readonly keyFormat?: KeyFormat;
  /**
   * How often a passphrase is hashed, 100000 or more. For passphrases only.
   * @default 350000
   */
  readonly iterations?: number;
}

/** Changes the key to one that is given with the call; later it is loaded in the same way. */
export interface ZfsChangeToGivenKeyOptions extends ZfsChangeKeyFlags, KeyChange {
  /** The new key or passphrase. It goes to zfs by standard input. */
  readonly key: KeyMaterial;
}

/** Changes the key to one that lies in a file; later it is loaded from there. */
export interface ZfsChangeToStoredKeyOptions extends ZfsChangeKeyFlags, KeyChange {
  /** Where the new key lies, as `file:///etc/zfs/tank.key`. */
  readonly keyLocation: string;
}

/** Takes the key of the encryption root above, and is no encryption root any more. */
export interface ZfsChangeToInheritedKeyOptions extends ZfsChangeKeyFlags {
  readonly inherit: true;
}

/** What {@link Zfs.changeKey} takes: a `key`, a `keyLocation`, or `inherit`. */
export type ZfsChangeKeyOptions =
  ZfsChangeToGivenKeyOptions | ZfsChangeToStoredKeyOptions | ZfsChangeToInheritedKeyOptions;

function checkInherit(argument: string, value: unknown): true {
  if (value === true) return value;
  throw new InvalidArgumentError({ argument, value, expected: 'true, or a key or keyLocation in its place' });
}

const flagRows = { loadKey: { kind: 'flag', option: '-l' }, dataset: datasetRow } as const;
const changeRows = {
  keyFormat: { kind: 'choice', values: keyFormats },
  iterations: { kind: 'integer', minimum: 100_000, sample: 500_000 },
} as const;

/** The words of {@link ZfsChangeKeyOptions}. */
export const zfsChangeKeyRows: ArgumentTable<ZfsChangeKeyOptions> = {
  exclusive: [
    { key: keyRow, ...changeRows, ...flagRows },
    { keyLocation: { ...keyLocationRow, required: true }, ...changeRows, ...flagRows },
    { inherit: { kind: 'other', option: '-i', check: checkInherit, sample: true, required: true }, ...flagRows },
  ],
};

/** The properties that tell how a key is made. */
export function keyProperties(change: KeyChange, keyLocation: string, argument = 'iterations'): string[] {
  const { iterations, keyFormat } = change;
  if (iterations !== undefined && keyFormat !== undefined && keyFormat !== 'passphrase') {
    const expected = `none for a ${keyFormat} key: only a passphrase is hashed`;
    throw new InvalidArgumentError({ argument, value: iterations, expected });
  }
  return [
    ...(keyFormat === undefined ? [] : [`keyformat=${keyFormat}`]),
    `keylocation=${keyLocation}`,
    ...(iterations === undefined ? [] : [`pbkdf2iters=${String(iterations)}`]),
  ].flatMap((property) => ['-o', property]);
}

/** Builds the command of {@link Zfs.changeKey}. See zfs-change-key(8). */
export function zfsChangeKeyCommand(options: ZfsChangeKeyOptions): Command {
  const checked = checkKeyOptions<ZfsChangeKeyOptions>(zfsChangeKeyRows, options);
  const { dataset, loadKey = false } = checked;
  const flags = loadKey ? ['-l'] : [];
  if ('inherit' in checked) {
    return createCommand('zfs', ['change-key', '-i', ...flags, '--', dataset], { effect: 'write' });
  }
  const given = 'key' in checked ? { stdin: checkKey('key', checked.key, checked.keyFormat) } : {};
  const location = 'keyLocation' in checked ? checked.keyLocation : 'prompt';
  const words = ['change-key', ...flags, ...keyProperties(checked, location), '--', dataset];
  return createCommand('zfs', words, { effect: 'write', ...given });
}
