import {
  checkClientOptions,
  createCommandRunner,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
} from '@quiesce/command';
import { lvmErrors } from './error-rules.js';
import { logicalVolumeMethods, type LogicalVolumeMethods } from './logical-volume/logical-volume-methods.js';
import { reportMethods, type ReportMethods } from './report/report-methods.js';
import { volumeGroupMethods, type VolumeGroupMethods } from './volume-group/volume-group-methods.js';

/** What {@link createLvm} takes. */
export interface LvmClientOptions extends ClientOptions {
  /**
   * The lvm program: all subcommands are run by it.
   * @default 'lvm', looked up in PATH
   */
  readonly path?: string;
}

/**
 * The client for LVM2. Every method throws the errors of `@quiesce/command` besides its own, a
 * {@link LockError} only with `waitForLock: false`, and a {@link LvmPermissionError} for a user who
 * may not use LVM.
 */
export interface Lvm extends LogicalVolumeMethods, ReportMethods, VolumeGroupMethods {
  /**
   * Runs any command of lvm, with this client's limits and errors: for what has no method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * const { stdout } = await lvm.run(
   *   createCommand('lvm', ['pvs', '--reportformat', 'json'], { effect: 'read' }),
   * );
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvm.8.html | lvm(8)}
   */
  run(command: Command, call?: CallOptions): Promise<CommandOutput>;
}

/**
 * Makes a client for LVM2. LVM needs root: give it `sudo(localTransport())` where you are not.
 *
 * @example
 * ```ts
 * const lvm = createLvm({ transport: sudo(localTransport()) });
 * for (const { fullName, sizeBytes } of await lvm.lvs()) console.log(fullName, sizeBytes);
 * ```
 */
export function createLvm(options: LvmClientOptions = {}): Lvm {
  const lvm = createCommandRunner(checkClientOptions<LvmClientOptions>(options, {}), {
    program: 'lvm',
    errors: lvmErrors,
  });
  return {
    ...logicalVolumeMethods(lvm),
    ...reportMethods(lvm),
    ...volumeGroupMethods(lvm),
    run: async (command, call) => lvm.runGiven(command, call),
  };
}
