import { CommandError, run } from '@quiesce/command';
import { emptySum, parseSums, sumsCommand } from '../host/file-sums.js';
import type { KeptFile } from '../host/kept-files.js';
import type { Batch } from './batches.js';
import type { RestoredFile } from './report.js';
import type { RestoreState } from './state.js';

/** What a file must be, and by what that is known. */
export interface WantedSum {
  readonly sum: string | undefined;
  readonly by: NonNullable<RestoredFile['verifiedBy']>;
}

/**
 * Tells the checksums of files as they were frozen: those that were kept, else those of the
 * target's copies.
 */
export async function wantedSums(
  { options, signal }: RestoreState,
  { from, kept, wrap }: Batch,
  names: readonly string[],
): Promise<(name: string) => WantedSum> {
  const { limits, transport } = options;
  const frozen: ReadonlyMap<string, KeptFile> = kept.kind === 'known' ? kept.files : new Map();
  const unknown = names.filter((name) => !frozen.has(name));
  const read = async (): Promise<string> => {
    const command = wrap(sumsCommand({ folder: from, names: unknown }));
    return (await run(transport, command, { signal, timeoutMs: limits.verifyMs })).stdout;
  };
  const copies = parseSums(unknown.length === 0 ? '' : await read());
  return (name) => {
    const file = frozen.get(name);
    if (file === undefined) return { sum: copies.get(name), by: 'copy' };
    // Of what was empty none is kept.
    return { sum: file.type === 'file' && file.sizeBytes === 0 ? emptySum : file.sum, by: 'checksum' };
  };
}

/** What is said of a new file that is not what it must be. */
export function differenceError({ shown }: Batch, name: string, by: WantedSum['by']): CommandError {
  const what =
    by === 'checksum'
      ? 'it is not what was frozen: the copy in the target is damaged'
      : 'it is not what is in the target';
  return new CommandError(`${what} (${shown}/${name}); take another state, see listBackups and verifyBackup`);
}
