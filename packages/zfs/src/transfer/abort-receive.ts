import { checkOptions, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { datasetRow } from '../names.js';

/** What {@link Zfs.abortReceive} takes. */
export interface ZfsAbortReceiveOptions extends CallOptions {
  /** The file system or volume whose receive was interrupted. */
  readonly dataset: string;
}

/** The words of {@link ZfsAbortReceiveOptions}. */
export const zfsAbortReceiveRows: Rows<ZfsAbortReceiveOptions> = { dataset: datasetRow };

/** Builds the command of {@link Zfs.abortReceive}. See zfs-receive(8). */
export function zfsAbortReceiveCommand(options: ZfsAbortReceiveOptions): Command {
  const { dataset } = checkOptions<ZfsAbortReceiveOptions>(zfsAbortReceiveRows, options);
  return createCommand('zfs', ['receive', '-A', '--', dataset], { effect: 'write' });
}
