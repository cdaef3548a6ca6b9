import { ExitError } from '@quiesce/command';

/**
 * zfs or zpool failed: the class above all errors of this package.
 *
 * Read `stderr`: ZFS said something that has no class of its own.
 */
export class ZfsError extends ExitError {
  static override readonly errorName: string = 'ZfsError';
}
