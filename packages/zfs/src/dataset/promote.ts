import { createCommand, checkOptions, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { datasetRow } from '../names.js';

/** What {@link Zfs.promote} takes. */
export interface ZfsPromoteOptions extends CallOptions {
  /** The clone, as `tank/copy`. */
  readonly dataset: string;
}

/** The words of {@link ZfsPromoteOptions}. */
export const zfsPromoteRows: Rows<ZfsPromoteOptions> = { dataset: datasetRow };

/** Builds the command of {@link Zfs.promote}. See zfs-promote(8). */
export function zfsPromoteCommand(options: ZfsPromoteOptions): Command {
  const { dataset } = checkOptions<ZfsPromoteOptions>(zfsPromoteRows, options);
  // No `--`: zfs promote does not know it. A name can't begin with `-`.
  return createCommand('zfs', ['promote', dataset], { effect: 'write' });
}
