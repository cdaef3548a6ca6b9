import type { SshOptions } from '@quiesce/command';

/**
 * A path on another machine that is reached with ssh, by the same options as `sshTransport` has.
 * ssh runs on the machine where rsync runs, so files that they name are there.
 */
export interface RsyncSshRemote extends Omit<SshOptions, 'path' | 'shareConnection'> {
  /**
   * The path there, as it is, whatever stands in it: nothing in it is a wildcard or a variable. One
   * that is not absolute is meant from the user's home.
   */
  readonly path: string;
  /**
   * The ssh program.
   * @default 'ssh'
   */
  readonly sshPath?: string;
}

/** A path in a module of an rsync daemon. */
export interface RsyncDaemonRemote {
  /** Host name or address of the daemon. */
  readonly daemon: string;
  /** User of the module. The password is in `passwordFile`. */
  readonly user?: string;
  /**
   * Port of the daemon.
   * @default 873
   */
  readonly port?: number;
  /** The module. */
  readonly module: string;
  /**
   * The path in the module, as it is. As a destination not with `*`, `?` or `[`, which a daemon
   * takes for wildcards.
   * @default the module itself
   */
  readonly path?: string;
}

/** A source or a destination on another machine. */
export type RsyncRemote = RsyncSshRemote | RsyncDaemonRemote;

/** A source or a destination: a path, or one on another machine. */
export type RsyncEndpoint = string | RsyncRemote;
