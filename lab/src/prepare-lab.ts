import { prepareImage } from './build-image.js';
import { prepareReady } from './build-ready.js';
import { openCache, type Cache } from './cache.js';
import { requireHostPackages } from './host-packages.js';
import { probeAccelerator } from './probe-kvm.js';
import type { OnProgress } from './progress.js';
import { locateReady, type ReadyState } from './ready.js';
import { defaultRelease, type Release } from './release.js';
import { sweepCache } from './sweep-cache.js';

/** Which lab to prepare. */
export interface PrepareLabOptions {
  /** @default 'trixie' */
  readonly release?: Release;
  /** Ends the preparation, and removes what it has begun. */
  readonly signal?: AbortSignal;
  /** Is told what happens. */
  readonly onProgress?: OnProgress;
}

/**
 * Builds the image and the ready state that labs start from, unless they are in the cache: about
 * ten minutes.
 *
 * @throws {@link MissingPackagesError} when the host lacks something, with the line to type.
 */
export async function prepareLab(options: PrepareLabOptions = {}): Promise<void> {
  await prepareReadyState(await openCache(), options);
}

/** Prepares the ready state that the options ask for, on this host. */
export async function prepareReadyState(cache: Cache, options: PrepareLabOptions): Promise<ReadyState> {
  await requireHostPackages();
  const image = await prepareImage(cache, options.release ?? defaultRelease, options);
  const ready = await locateReady(cache, image, await probeAccelerator(cache, image, options));
  if (await prepareReady(ready, options)) await sweepCache(cache, options.onProgress);
  return ready;
}
