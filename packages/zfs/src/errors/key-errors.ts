import { ZfsError } from './zfs-error.js';

/**
 * The key of an encrypted dataset is not loaded.
 *
 * {@link Zfs.loadKey}, then again. Sending with `raw` needs no key.
 */
export class KeyNotLoadedError extends ZfsError {
  static override readonly errorName: string = 'KeyNotLoadedError';
  /**
   * The dataset. Of one that is to receive, the key may be that of an encryption root above it.
   */
  declare readonly dataset: string;
}

/**
 * The key of an encrypted dataset is loaded already.
 *
 * There is nothing to do.
 */
export class KeyLoadedError extends ZfsError {
  static override readonly errorName: string = 'KeyLoadedError';
  /** The dataset. */
  declare readonly dataset: string;
}

/**
 * A key or passphrase is not that of the dataset, or can't be one.
 *
 * Give another key. {@link Zfs.loadKey} with `dryRun` tries one and changes nothing.
 */
export class WrongKeyError extends ZfsError {
  static override readonly errorName: string = 'WrongKeyError';
  /** The dataset. */
  declare readonly dataset: string;
}

/**
 * There was no key: none at its location, or none was given where zfs would ask for it.
 *
 * Give the `key`, or look at the property `keylocation` and at what is there on the host.
 */
export class KeyUnreadableError extends ZfsError {
  static override readonly errorName: string = 'KeyUnreadableError';
  /** The dataset. */
  declare readonly dataset: string;
}

/**
 * A dataset is not encrypted, or nothing above it is whose key it could inherit.
 *
 * Do without a key. What is not encrypted can't become so: send it into an encrypted dataset.
 */
export class NotEncryptedError extends ZfsError {
  static override readonly errorName: string = 'NotEncryptedError';
  /** The dataset. */
  declare readonly dataset: string;
}

/**
 * A dataset has no key of its own: it is encrypted with that of an encryption root above it.
 *
 * Name `encryptionRoot` in its place.
 */
export class NotEncryptionRootError extends ZfsError {
  static override readonly errorName: string = 'NotEncryptionRootError';
  /** The dataset. */
  declare readonly dataset: string;
  /** The encryption root that has its key. Undefined where zfs does not name it. */
  declare readonly encryptionRoot: string | undefined;
}
