import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { datasetRow } from '../names.js';

/** What can go on in a file system: `deleteq` frees what was deleted. */
export type DatasetActivity = 'deleteq';

/** What {@link Zfs.wait} takes. */
export interface ZfsWaitOptions extends CallOptions {
  /** The file system. */
  readonly filesystem: string;
  /**
   * What to wait for.
   * @default all
   */
  readonly activities?: DatasetActivity | readonly DatasetActivity[];
}

/** The words of {@link ZfsWaitOptions}. */
export const zfsWaitRows: Rows<ZfsWaitOptions> = {
  activities: { kind: 'one-or-many', option: '-t', join: ',', each: { kind: 'choice', values: ['deleteq'] } },
  filesystem: datasetRow,
};

/** Builds the command of {@link Zfs.wait}. See zfs-wait(8). */
export function zfsWaitCommand(options: ZfsWaitOptions): Command {
  const { filesystem, ...flags } = checkOptions<ZfsWaitOptions>(zfsWaitRows, options);
  const words = [...argumentWords(zfsWaitRows, flags), '--', filesystem];
  return createCommand('zfs', ['wait', ...words], { effect: 'read' });
}
