import {
  createCommandRunner,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
} from '@quiesce/command';
import { rsyncErrors } from './error-rules.js';
import type { SyncOptions } from './sync-options.js';
import { startSync, type SyncRun } from './sync-run.js';
import { parseVersion, versionCommand, type RsyncVersion, type VersionOptions } from './version.js';

/** The client for rsync. Every method throws the errors of `@quiesce/command` besides its own. */
export interface Rsync {
  /**
   * Copies files, and only what differs. Awaited it gives the result, looped over what happens meanwhile: see
   * {@link SyncRun}.
   *
   * @throws {@link PartialTransferError} when some files could not be copied; it names them.
   * @throws {@link VanishedFilesError} when files vanished meanwhile, unless `vanishedFiles` is `'warn'`.
   * @throws {@link OutOfSpaceError} and other {@link FileIoError}s when the destination can't be written.
   * @throws {@link MaxDeleteError} when there was more to remove than `maxDelete`.
   * @throws {@link SelectionError}, {@link UsageError} and {@link UnsupportedError} when nothing was copied for it.
   * @throws {@link ConnectionError}, {@link RemoteShellError} and {@link KilledError} when rsync could not go on.
   *
   * @example
   * ```ts
   * const run = rsync.sync({
   *   source: '/mnt/snapshot/', // with the slash: what is in it
   *   destination: '/archives/backups/images/',
   *   archive: true, oneFileSystem: true, hardLinks: true, delete: true,
   *   wholeFile: false, inplace: true,
   * });
   * for await (const event of run) {
   *   if (event.type === 'progress') console.log(`${event.percent} %`);
   * }
   * const { stats } = await run;
   * console.log(`${stats.literalBytes} bytes were new`);
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  sync(options: SyncOptions): SyncRun;

  /**
   * Tells which rsync it is and what it was built with.
   *
   * @example
   * ```ts
   * const { version, capabilities } = await rsync.version();
   * if (capabilities?.ACLs !== true) console.warn(`rsync ${version} keeps no ACLs`);
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  version(options?: VersionOptions): Promise<RsyncVersion>;

  /**
   * Runs any command of rsync, with this client's limits and errors: for what has no method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * const { stdout } = await rsync.run(createCommand('rsync', ['--list-only', '/data/'], { effect: 'read' }));
   * ```
   *
   * @see {@link https://download.samba.org/pub/rsync/rsync.1 | rsync(1)}
   */
  run(command: Command, call?: CallOptions): Promise<CommandOutput>;
}

/**
 * Makes a client for `rsync`.
 *
 * @example
 * ```ts
 * const rsync = createRsync({ transport: sudo(localTransport()) });
 * await rsync.sync({ source: '/etc/', destination: '/backup/etc/', archive: true, delete: true });
 * ```
 */
export function createRsync(options: ClientOptions = {}): Rsync {
  const rsync = createCommandRunner(options, { program: 'rsync', errors: rsyncErrors });
  return {
    sync: (sync) => startSync(rsync, sync, options.timeoutMs),
    version: async (version = {}) => rsync.read(versionCommand(version), version, parseVersion),
    run: async (command, call) => rsync.run(command, call),
  };
}
