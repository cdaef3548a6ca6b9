import { randomBytes } from 'node:crypto';
import { checkOptions, type CommandRunner, type MethodTable } from '@quiesce/command';
import {
  parseVirshBatch,
  virshBatchCommand,
  virshBatchRows,
  type BatchItem,
  type BatchOutcomes,
  type VirshBatchOptions,
} from './batch.js';

/** The methods of {@link Virsh} that run several commands at once. */
export interface BatchMethods {
  /**
   * Runs several commands one after the other over one connection, which takes a fraction of the
   * time that one virsh for each takes. One that fails does not stop those after it: each has an
   * outcome of its own.
   *
   * @throws {@link ConnectionFailedError} when libvirt can't be reached; then none of them ran.
   *
   * @example
   * ```ts
   * const [suspended, state] = await virsh.batch({
   *   commands: [
   *     virshSuspendCommand({ domain: 'MySQL' }),
   *     { command: virshDomstateCommand({ domain: 'MySQL' }), parse: parseVirshDomstate },
   *   ],
   * });
   * if (suspended.status === 'failed') console.error(suspended.error.message);
   * console.log(state.value?.state); // 'paused'
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html | virsh(1)}
   */
  batch<const Items extends readonly BatchItem[]>(options: VirshBatchOptions<Items>): Promise<BatchOutcomes<Items>>;
}

/** The rows of {@link BatchMethods}. */
export const batchTable: MethodTable<BatchMethods> = { batch: { command: 'virsh', rows: virshBatchRows } };

/** Makes {@link BatchMethods}. */
export function batchMethods(virsh: CommandRunner): BatchMethods {
  return {
    batch: async (options) => {
      const marker = `quiesce-${randomBytes(16).toString('hex')}`;
      const checked = checkOptions<VirshBatchOptions>(virshBatchRows, options);
      const output = await virsh.run(virshBatchCommand(checked, marker), checked, { wholeErrorOutput: true });
      // The caller may have changed the list meanwhile: what was run is what was checked.
      return parseVirshBatch(output, checked.commands, marker) as never;
    },
  };
}
