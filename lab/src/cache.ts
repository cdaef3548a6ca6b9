import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where everything of the lab is kept outside the repository. */
export interface Cache {
  /** The folder itself. */
  readonly root: string;
  /** Images, one folder for each hash of a recipe. */
  readonly images: string;
  /** Saved states, one folder for each hash of an image and how it was run. */
  readonly ready: string;
  /** Running labs, one folder each. */
  readonly instances: string;
}

/** The cache's folder: `QUIESCE_LAB_CACHE`, or `quiesce-lab` among the user's caches. */
export function cacheRoot(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const own = environment['QUIESCE_LAB_CACHE'];
  if (own !== undefined && own !== '') return path.resolve(own);
  const caches = environment['XDG_CACHE_HOME'];
  // The specification says to ignore a relative path.
  const isUsable = caches !== undefined && path.isAbsolute(caches);
  return path.join(isUsable ? caches : path.join(home, '.cache'), 'quiesce-lab');
}

/** Opens the cache and makes its folders. */
export async function openCache(): Promise<Cache> {
  const root = cacheRoot(process.env, homedir());
  const cache = {
    root,
    images: path.join(root, 'images'),
    ready: path.join(root, 'ready'),
    instances: path.join(root, 'instances'),
  };
  // Private: the folders hold keys, and sockets that control machines.
  for (const directory of Object.values(cache)) await mkdir(directory, { recursive: true, mode: 0o700 });
  return cache;
}
