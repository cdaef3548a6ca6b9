import {
  checkClientOptions,
  createCommandRunner,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
} from '@quiesce/command';
import { batchMethods, type BatchMethods } from './batch/batch-methods.js';
import { definitionMethods, type DefinitionMethods } from './definition/definition-methods.js';
import { virshErrors } from './error-rules.js';
import { eventMethods, type EventMethods } from './event/event-methods.js';
import { guestMethods, type GuestMethods } from './guest/guest-methods.js';
import { hostMethods, type HostMethods } from './host/host-methods.js';
import { lifecycleMethods, type LifecycleMethods } from './lifecycle/lifecycle-methods.js';
import { monitorMethods, type MonitorMethods } from './monitor/monitor-methods.js';
import { checkUri } from './names.js';
import { volMethods, type VolMethods } from './vol/vol-methods.js';

/** What {@link createVirsh} takes. */
export interface VirshClientOptions extends ClientOptions {
  /**
   * The hypervisor to connect to, as `qemu:///system`.
   * @default virsh's own choice: `LIBVIRT_DEFAULT_URI`, else `qemu:///system` for root and
   * `qemu:///session` for others
   */
  readonly connectUri?: string;
}

/**
 * The client for virsh. Every method throws the errors of `@quiesce/command` besides its own, and
 * {@link ConnectionFailedError} where libvirt can't be reached. A domain is given by its name or
 * its UUID; one whose name is a number only by its UUID, since virsh would take the name for an id.
 */
export interface Virsh
  extends BatchMethods, DefinitionMethods, EventMethods, GuestMethods, HostMethods, LifecycleMethods, MonitorMethods {
  /** The subcommands that begin with `vol-`. */
  readonly vol: VolMethods;

  /**
   * Runs any command of virsh, with this client's connection, limits and errors: for what has no
   * method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * const { stdout } = await virsh.run(createCommand('virsh', ['nodeinfo'], { effect: 'read' }));
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html | virsh(1)}
   */
  run(command: Command, call?: CallOptions): Promise<CommandOutput>;
}

/**
 * Makes a client for `virsh`.
 *
 * @throws `InvalidArgumentError` for a `connectUri` that virsh would misread.
 *
 * @example
 * ```ts
 * const virsh = createVirsh({
 *   connectUri: 'qemu:///system',
 *   transport: sshTransport({ host: 'hypervisor' }),
 * });
 * for (const { name } of await virsh.list())
 *   console.log(name, await virsh.domstate({ domain: name }));
 * ```
 */
export function createVirsh(options: VirshClientOptions = {}): Virsh {
  const checked = checkClientOptions<VirshClientOptions>(options, {
    connectUri: { kind: 'text', check: checkUri, sample: 'qemu:///system' },
  });
  const { connectUri, path } = checked;
  const leading = connectUri === undefined ? [] : ['-c', connectUri];
  const virsh = createCommandRunner(checked, { program: 'virsh', errors: virshErrors, leading });
  return {
    ...batchMethods(virsh),
    ...definitionMethods(virsh),
    ...eventMethods({ transport: virsh.transport, path, leading }),
    ...guestMethods(virsh),
    ...hostMethods(virsh),
    ...lifecycleMethods(virsh),
    ...monitorMethods(virsh),
    vol: volMethods(virsh),
    run: async (command, call) => virsh.runGiven(command, call),
  };
}
