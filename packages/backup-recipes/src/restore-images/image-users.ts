import type { KnownDomain } from '../domains.js';

/** A guest that runs, and why it keeps files from being replaced. */
export interface ImageUser {
  readonly name: string;
  /** Whether it has one of them open, or where its disks lie is not known, so that it may. */
  readonly use: 'open' | 'unknown';
}

// As `readDomains` says of a disk that may be any file: its definition could not be read, or its
// pool does not answer.
const mayBeAny = (disk: string): boolean => disk === 'unknown' || disk === 'volume';

/**
 * The guests that have a file open that would be replaced, or may have.
 *
 * @param active - Guests that run or are paused.
 * @param files - Where files are restored to.
 * @param identities - By path, what is the same for the same file. What is not there has none.
 */
export function imageUsers(
  active: readonly Pick<KnownDomain, 'name' | 'disks'>[],
  files: readonly string[],
  identities: ReadonlyMap<string, string>,
): ImageUser[] {
  const replaced = new Set(files.map((file) => identities.get(file) ?? file));
  const isAnyThere = files.some((file) => identities.has(file));
  return active.flatMap(({ disks, name }): ImageUser[] => {
    if (disks.some((disk) => replaced.has(identities.get(disk) ?? disk))) return [{ name, use: 'open' }];
    return isAnyThere && disks.some(mayBeAny) ? [{ name, use: 'unknown' }] : [];
  });
}
