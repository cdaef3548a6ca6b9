import {
  checkClientOptions,
  createCommandRunner,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
} from '@quiesce/command';
import { rsyncErrors } from './error-rules.js';
import { featuresMethods, type FeaturesMethods } from './features/features-methods.js';
import { listMethods, type ListMethods } from './list/list-methods.js';
import { syncMethods, type SyncMethods } from './sync/sync-methods.js';

/** What {@link createRsync} takes. */
export type RsyncClientOptions = ClientOptions;

/** The client for rsync. Every method throws the errors of `@quiesce/command` besides its own. */
export interface Rsync extends FeaturesMethods, ListMethods, SyncMethods {
  /**
   * Runs any command of rsync, with this client's limits and errors: for what has no method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * const { stdout } = await rsync.run(
   *   createCommand('rsync', ['--list-only', '/data/'], { effect: 'read' }),
   * );
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
export function createRsync(options: RsyncClientOptions = {}): Rsync {
  const checked = checkClientOptions<RsyncClientOptions>(options, {});
  const rsync = createCommandRunner(checked, { program: 'rsync', errors: rsyncErrors });
  return {
    ...featuresMethods(rsync),
    ...listMethods(rsync),
    ...syncMethods(rsync, checked.timeoutMs),
    run: async (command, call) => rsync.runGiven(command, call),
  };
}
