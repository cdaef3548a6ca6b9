import { ZfsError } from './zfs-error.js';

/**
 * A user or group does not exist on the host.
 *
 * Make it on the host that zfs runs on, or look at how it is spelled there.
 */
export class IdentityNotFoundError extends ZfsError {
  static override readonly errorName: string = 'IdentityNotFoundError';
  /** Its name. */
  declare readonly identity: string;
}

/**
 * A permission does not exist, or the dataset takes none.
 *
 * Take a name that zfs-allow(8) has, on this release and for this kind of dataset.
 */
export class InvalidPermissionError extends ZfsError {
  static override readonly errorName: string = 'InvalidPermissionError';
  /** The dataset. */
  declare readonly dataset: string;
}
