import { ZfsError } from './zfs-error.js';

/** The user may not do it. Who may is told by zfs-allow(8); on Linux mounting is for root alone. */
export class PermissionDeniedError extends ZfsError {
  static override readonly errorName: string = 'PermissionDeniedError';
}

/** The pool is imported for reading only. */
export class ReadOnlyError extends ZfsError {
  static override readonly errorName: string = 'ReadOnlyError';
}
