import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { tryLock } from './build-lock.js';
import { isBuilding, lockOf } from './build-once.js';
import type { Cache } from './cache.js';
import { locateImage } from './image.js';
import { listInstances, lockInstances } from './instances.js';
import { tryStep, type OnProgress } from './progress.js';
import { locateReady } from './ready.js';
import { releases } from './release.js';
import { removeTree } from './remove-tree.js';

/** Removes the images and ready states that no recipe makes any more and no lab runs from. */
export async function sweepCache(cache: Cache, onProgress?: OnProgress): Promise<void> {
  await using _lock = await lockInstances(cache);
  const names = { images: await readdir(cache.images), ready: await readdir(cache.ready) };
  // What is being built may be built from something old.
  if ([...names.images, ...names.ready].some(isBuilding)) return;
  const kept = new Set([...(await currentHashes(cache)), ...(await hashesInUse(cache))]);
  for (const parent of ['ready', 'images'] as const) {
    for (const name of names[parent]) {
      if (!/^[0-9a-f]{16}$/.test(name) || kept.has(name)) continue;
      const directory = path.join(cache[parent], name);
      await using lock = await tryLock(lockOf(directory));
      if (lock === undefined) continue;
      await tryStep(onProgress, `Removing ${parent}/${name}, which is out of date`, () => removeTree(directory));
    }
  }
}

/** What the recipes make as they stand now, with either accelerator. */
async function currentHashes(cache: Cache): Promise<readonly string[]> {
  const images = await Promise.all(releases.map((release) => locateImage(cache, release)));
  const states = await Promise.all(
    images.flatMap((image) =>
      (['kvm', 'tcg'] as const).map((accelerator) => locateReady(cache, image, { accelerator })),
    ),
  );
  return [...images, ...states].map(({ directory }) => path.basename(directory));
}

async function hashesInUse(cache: Cache): Promise<readonly string[]> {
  const records = (await listInstances(cache)).map(({ record }) => record);
  return records.flatMap((record) => (record === undefined ? [] : [record.imageHash, record.readyHash]));
}
