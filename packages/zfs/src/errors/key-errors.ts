import { ZfsError } from './zfs-error.js';

/** The key of an encrypted dataset is not loaded. */
export class KeyNotLoadedError extends ZfsError {
  static override readonly errorName: string = 'KeyNotLoadedError';
  /**
   * The dataset. Of one that is to receive, the key may be that of an encryption root above it.
   */
  declare readonly dataset: string;
}

/** The key of an encrypted dataset is loaded already. */
export class KeyLoadedError extends ZfsError {
  static override readonly errorName: string = 'KeyLoadedError';
  /** The dataset. */
  declare readonly dataset: string;
}

/** A key or passphrase is not that of the dataset, or can't be one. */
export class WrongKeyError extends ZfsError {
  static override readonly errorName: string = 'WrongKeyError';
  /** The dataset. */
  declare readonly dataset: string;
}

/** There was no key: none at its location, or none was given where zfs would ask for it. */
export class KeyUnreadableError extends ZfsError {
  static override readonly errorName: string = 'KeyUnreadableError';
  /** The dataset. */
  declare readonly dataset: string;
}

/** A dataset is not encrypted, or nothing above it is whose key it could inherit. */
export class NotEncryptedError extends ZfsError {
  static override readonly errorName: string = 'NotEncryptedError';
  /** The dataset. */
  declare readonly dataset: string;
}

/** A dataset has no key of its own: it is encrypted with that of an encryption root above it. */
export class NotEncryptionRootError extends ZfsError {
  static override readonly errorName: string = 'NotEncryptionRootError';
  /** The dataset. */
  declare readonly dataset: string;
  /** The encryption root that has its key. Undefined where zfs does not name it. */
  declare readonly encryptionRoot: string | undefined;
}
