import type { Rows } from '@quiesce/command';
import { checkBatchFile } from './paths.js';

/** Copies in two steps: what changes goes into a file, and from there to as many as need it. */
export interface RsyncBatchOptions {
  /**
   * Copies, and writes what changed into this file as well: `--write-batch`. A script that ends in
   * `.sh` is written beside it. A path of at most 256 bytes, on the machine where rsync runs.
   * @default none
   */
  readonly writeBatch?: string;
  /**
   * As `writeBatch`, but the destination stays as it is: `--only-write-batch`.
   * @default none
   */
  readonly onlyWriteBatch?: string;
  /**
   * Changes the destination, a local one, by a file that `writeBatch` wrote: `--read-batch`. What
   * `source` says is left out then: the file has what it was.
   * @default none
   */
  readonly readBatch?: string;
}

const file = { kind: 'text', check: checkBatchFile, sample: '/var/tmp/batch' } as const;

/** The rows of {@link RsyncBatchOptions}. */
export const batchRows: Rows<RsyncBatchOptions> = {
  writeBatch: { ...file, option: '--write-batch=' },
  onlyWriteBatch: { ...file, guard: true, option: '--only-write-batch=' },
  readBatch: { ...file, guard: true, option: '--read-batch=' },
};
