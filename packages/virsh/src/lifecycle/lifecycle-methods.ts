import type { CommandRunner, MethodTable } from '@quiesce/command';
import { virshResumeCommand, virshResumeRows, type VirshResumeOptions } from './resume.js';
import { virshSuspendCommand, virshSuspendRows, type VirshSuspendOptions } from './suspend.js';

/** The methods of {@link Virsh} that let a domain run or stop. */
export interface LifecycleMethods {
  /**
   * Pauses a running domain. One that is paused already stays so, without an error on QEMU.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} when it does not run.
   * @throws {@link DomainLockedError} when another job holds it for 30 seconds.
   *
   * @example
   * ```ts
   * await virsh.suspend({ domain: 'MySQL' });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#suspend | virsh(1), suspend}
   */
  suspend(options: VirshSuspendOptions): Promise<void>;

  /**
   * Lets a paused domain go on.
   *
   * @throws {@link DomainNotFoundError}
   * @throws {@link DomainStateError} when it does not run, and also when it is running already.
   * @throws {@link DomainLockedError} when another job holds it for 30 seconds.
   *
   * @example
   * ```ts
   * await virsh.resume({ domain: 'MySQL' });
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#resume | virsh(1), resume}
   */
  resume(options: VirshResumeOptions): Promise<void>;
}

/** The rows of {@link LifecycleMethods}. */
export const lifecycleTable: MethodTable<LifecycleMethods> = {
  suspend: { command: 'virsh suspend', rows: virshSuspendRows },
  resume: { command: 'virsh resume', rows: virshResumeRows },
};

/** Makes {@link LifecycleMethods}. */
export function lifecycleMethods(virsh: CommandRunner): LifecycleMethods {
  return {
    suspend: async (options) => virsh.perform(virshSuspendCommand(options), options),
    resume: async (options) => virsh.perform(virshResumeCommand(options), options),
  };
}
