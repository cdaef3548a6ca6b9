import { ZfsError } from './zfs-error.js';

/**
 * The user may not do it. Who may is told by zfs-allow(8); on Linux mounting is for root alone.
 *
 * Be root, or have root {@link Zfs.allow} it; mount as root, or not at all: `mount: false`.
 */
export class PermissionDeniedError extends ZfsError {
  static override readonly errorName: string = 'PermissionDeniedError';
}

/**
 * The pool is imported for reading only.
 *
 * To change something, export the pool and import it without `readOnly`.
 */
export class ReadOnlyError extends ZfsError {
  static override readonly errorName: string = 'ReadOnlyError';
}
