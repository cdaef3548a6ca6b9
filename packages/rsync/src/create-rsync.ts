import {
  checkClientOptions,
  createCommandRunner,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
} from '@quiesce/command';
import { rsyncErrors } from './error-rules.js';
import { createFeatureCheck } from './features/feature-check.js';
import { featuresMethods, type FeaturesMethods } from './features/features-methods.js';
import { listMethods, type ListMethods } from './list/list-methods.js';
import { syncMethods, type SyncMethods } from './sync/sync-methods.js';

/** What {@link createRsync} takes. */
export interface RsyncClientOptions extends ClientOptions {
  /**
   * Asks once which rsync it is, before the first run with an option that not every rsync has, or
   * with `inplace` and `wholeFile: false`, which rsync 3.4.1 gets wrong. A run with plain options
   * does not wait for an answer: another program of that name, as openrsync, is refused before it
   * runs once the client knows of it, and is a {@link UsageError} that names it before. To be sure
   * ask for {@link Rsync.features} first. The question and the run have the whole `timeoutMs`
   * each. False asks never: for a transport that runs nothing but the copy.
   * @default true
   */
  readonly checkFeatures?: boolean;
}

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
  const checked = checkClientOptions<RsyncClientOptions>(options, { checkFeatures: { kind: 'flag' } });
  const rsync = createCommandRunner(checked, { program: 'rsync', errors: rsyncErrors });
  const check = createFeatureCheck(rsync, checked.checkFeatures ?? true);
  return {
    ...featuresMethods(rsync, check),
    ...listMethods(rsync, check),
    ...syncMethods(rsync, check, checked.timeoutMs),
    run: async (command, call) => rsync.runGiven(command, call),
  };
}
