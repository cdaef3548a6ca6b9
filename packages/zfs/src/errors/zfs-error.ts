import { ExitError } from '@quiesce/command';

/** zfs or zpool failed: the class above all errors of this package. */
export class ZfsError extends ExitError {
  static override readonly errorName: string = 'ZfsError';
}
