import { openCache } from './cache.js';
import { findInstance } from './instances.js';
import { attachLab, type Lab } from './lab.js';

/** The running lab of a name, whoever started it. Undefined when there is none. */
export async function findLab(name: string): Promise<Lab | undefined> {
  const cache = await openCache();
  const found = await findInstance(cache, name);
  return found?.state === 'running' && found.record !== undefined ? attachLab(cache, found.record) : undefined;
}
