import { ExitError, type ExitErrorOptions } from '@quiesce/command';

/** No domain has the name or UUID, or it went away while the command ran. */
export class DomainNotFoundError extends ExitError {
  static override readonly errorName: string = 'DomainNotFoundError';
  /** The name or UUID that was not found. */
  readonly domain: string;

  constructor(options: ExitErrorOptions & { domain: string }) {
    super(options);
    this.domain = options.domain;
  }
}

/** The domain is in a state that does not allow it: shut off, or already running. */
export class DomainStateError extends ExitError {
  static override readonly errorName: string = 'DomainStateError';
  /** The domain as it was asked for. Undefined where the command named none. */
  readonly domain: string | undefined;
  /** What libvirt said about it, as `domain is not running`. */
  readonly stateReason: string;

  constructor(options: ExitErrorOptions & { domain: string | undefined; stateReason: string }) {
    super(options);
    this.domain = options.domain;
    this.stateReason = options.stateReason;
  }
}

/**
 * Another job held the domain for the 30 seconds that libvirt waits: its monitor hangs, or a long job runs. Reads such
 * as `domstate`, and `domstats` with `nowait`, still work then.
 */
export class DomainLockedError extends ExitError {
  static override readonly errorName: string = 'DomainLockedError';
  /** The domain as it was asked for. Undefined where the command named none. */
  readonly domain: string | undefined;
  /** What holds it, as `monitor=remoteDispatchDomainSuspend`. Undefined where libvirt did not say. */
  readonly holder: string | undefined;

  constructor(options: ExitErrorOptions & { domain: string | undefined; holder: string | undefined }) {
    super(options);
    this.domain = options.domain;
    this.holder = options.holder;
  }
}

/** A key is not known in the codeset. No key was pressed. */
export class InvalidKeycodeError extends ExitError {
  static override readonly errorName: string = 'InvalidKeycodeError';
  /** The key as it was given. */
  readonly keycode: string;

  constructor(options: ExitErrorOptions & { keycode: string }) {
    super(options);
    this.keycode = options.keycode;
  }
}

/** The domain carries no metadata of that namespace. */
export class MetadataNotFoundError extends ExitError {
  static override readonly errorName: string = 'MetadataNotFoundError';
}

/** libvirt could not be reached, refused the connection, or ended it. */
export class ConnectionFailedError extends ExitError {
  static override readonly errorName: string = 'ConnectionFailedError';
  /** What libvirt said about it. */
  readonly connectionReason: string;

  constructor(options: ExitErrorOptions & { connectionReason: string }) {
    super(options);
    this.connectionReason = options.connectionReason;
  }
}
