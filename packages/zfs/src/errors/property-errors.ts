import { ZfsError } from './zfs-error.js';

/**
 * A property does not exist, does not fit the dataset, can't be set, or does not take the value.
 *
 * Look at `property`: its name, its value, and whether this release knows it.
 */
export class InvalidPropertyError extends ZfsError {
  static override readonly errorName: string = 'InvalidPropertyError';
  /** The property. Undefined where zfs does not name it. */
  declare readonly property: string | undefined;
}
