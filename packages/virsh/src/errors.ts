import { ExitError } from '@quiesce/command';

/**
 * virsh failed: the class above all errors of this package.
 *
 * Read `stderr`: libvirt said something that has no class of its own.
 */
export class VirshError extends ExitError {
  static override readonly errorName: string = 'VirshError';
}

/**
 * No domain has the name or UUID, or it went away while the command ran.
 *
 * Take a name or UUID of `list({ all: true })`, and the right `connectUri`: `qemu:///system` and
 * `qemu:///session` have domains of their own.
 */
export class DomainNotFoundError extends VirshError {
  static override readonly errorName: string = 'DomainNotFoundError';
  /** The name or UUID that was not found. */
  declare readonly domain: string;
}

/**
 * The domain is in a state that does not allow it: shut off, or already running.
 *
 * Look at `stateReason`. Who only wants it to run, or to be off, may take it for a success.
 */
export class DomainStateError extends VirshError {
  static override readonly errorName: string = 'DomainStateError';
  /** The domain as it was asked for. Undefined where the command named none. */
  declare readonly domain: string | undefined;
  /** What libvirt said about it, as `domain is not running`. */
  declare readonly stateReason: string;
}

/**
 * Another job held the domain for the 30 seconds that libvirt waits: its monitor hangs, or a long
 * job runs. Reads such as `domstate`, and `domstats` with `nowait`, still work then.
 *
 * Wait for the job that `holder` names, or look at the QEMU of the domain where it hangs.
 */
export class DomainLockedError extends VirshError {
  static override readonly errorName: string = 'DomainLockedError';
  /** The domain as it was asked for. Undefined where the command named none. */
  declare readonly domain: string | undefined;
  /**
   * What holds it, as `monitor=remoteDispatchDomainSuspend`. Undefined where libvirt did not say.
   */
  declare readonly holder: string | undefined;
}

/**
 * The domain has no channel for a guest agent, or the agent in the guest does not answer.
 *
 * Start `qemu-guest-agent` in the guest, and give its definition the channel
 * `org.qemu.guest_agent.0`.
 */
export class GuestAgentError extends VirshError {
  static override readonly errorName: string = 'GuestAgentError';
  /** The domain as it was asked for. Undefined where the command named none. */
  declare readonly domain: string | undefined;
  /** What libvirt said about it, as `QEMU guest agent is not connected`. */
  declare readonly agentReason: string;
}

/**
 * A key is not known in the codeset. No key was pressed.
 *
 * Take a name of the codeset, as `KEY_ENTER` of `linux`.
 */
export class InvalidKeycodeError extends VirshError {
  static override readonly errorName: string = 'InvalidKeycodeError';
  /** The key as it was given. */
  declare readonly keycode: string;
}

/**
 * The domain carries no metadata of that namespace.
 *
 * Take it for "has none"; or ask with `config` for what is not set `live`.
 */
export class MetadataNotFoundError extends VirshError {
  static override readonly errorName: string = 'MetadataNotFoundError';
}

/**
 * libvirt could not be reached, refused the connection, or ended it.
 *
 * Start libvirt there (`systemctl start libvirtd`), correct `connectUri`, or be a user who may use
 * it.
 */
export class ConnectionFailedError extends VirshError {
  static override readonly errorName: string = 'ConnectionFailedError';
  /** What libvirt said about it. */
  declare readonly connectionReason: string;
}
