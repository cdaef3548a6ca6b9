import { ZfsError } from './zfs-error.js';

/** A user or group does not exist on the host. */
export class IdentityNotFoundError extends ZfsError {
  static override readonly errorName: string = 'IdentityNotFoundError';
  /** Its name. */
  declare readonly identity: string;
}

/** A permission does not exist, or the dataset takes none. */
export class InvalidPermissionError extends ZfsError {
  static override readonly errorName: string = 'InvalidPermissionError';
  /** The dataset. */
  declare readonly dataset: string;
}
