import { CommandError, run } from '@quiesce/command';
import { keptSumsCommand, parseSums, sumsCommand } from '../host/file-sums.js';
import { manifestPath } from '../target/manifest.js';
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
 *
 * @param names - Files that are not empty.
 */
export async function wantedSums(
  { options, signal }: RestoreState,
  { at, folder, from, wrap }: Batch,
  names: readonly string[],
): Promise<(name: string) => WantedSum> {
  const { limits, transport } = options;
  const call = { signal, timeoutMs: limits.verifyMs };
  const manifest = manifestPath(at, folder.folder);
  const keptCommand = keptSumsCommand({ manifest, runId: folder.runId, names });
  const kept = parseSums((await run(transport, wrap(keptCommand), call)).stdout);
  const unknown = names.filter((name) => !kept.has(name));
  const copies =
    unknown.length === 0
      ? new Map<string, string>()
      : parseSums((await run(transport, wrap(sumsCommand({ folder: from, names: unknown })), call)).stdout);
  return (name) => (kept.has(name) ? { sum: kept.get(name), by: 'checksum' } : { sum: copies.get(name), by: 'copy' });
}

/** What is said of a new file that is not what it must be. */
export function differenceError({ shown }: Batch, name: string, by: WantedSum['by']): CommandError {
  const what =
    by === 'checksum'
      ? 'it is not what was frozen: the copy in the target is damaged'
      : 'it is not what is in the target';
  return new CommandError(`${what} (${shown}/${name}); take another state, see listBackups and verifyBackup`);
}
