import { AbortedError, CommandError, SpawnError, TransportError } from '@quiesce/command';

/** A part of the host that could not be looked at: whether something is left there is not known. */
export interface UnseenPart {
  /** What it is about, as `libvirt`. */
  readonly subject: string;
  /** Why not. */
  readonly message: string;
}

/** The same, with the error. */
export interface Unseen extends UnseenPart {
  readonly error: CommandError;
  /** The host does not have the program, so no run had it either. */
  readonly isAbsent: boolean;
}

/**
 * Notes what kept a look at a part of the host from succeeding. What keeps all of them from it is
 * thrown on.
 */
export function noteUnseen(unseen: Unseen[], subject: string, error: unknown): void {
  const isAll = TransportError.isInstance(error) || AbortedError.isInstance(error);
  if (isAll || !CommandError.isInstance(error)) throw error;
  const isAbsent = SpawnError.isInstance(error) && error.code === 'ENOENT';
  unseen.push({ subject, message: error.message, error, isAbsent });
}
