import { ZfsError } from './zfs-error.js';

/**
 * zfs does not take a name: it is too long with what zfs adds to it, as in a recursive snapshot, or
 * not of the kind that the subcommand is about. Other wrong names are refused before anything runs.
 *
 * Take a shorter name, or a name of the right kind.
 */
export class InvalidNameError extends ZfsError {
  static override readonly errorName: string = 'InvalidNameError';
  /** The name. */
  declare readonly dataset: string;
}
