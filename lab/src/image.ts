import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Cache } from './cache.js';
import { mmdebstrapArguments } from './mmdebstrap-arguments.js';
import { hashRecipe, readTexts } from './recipe-hash.js';
import type { Release } from './release.js';

/** A machine image: Debian with everything installed, never booted yet. */
export interface Image {
  readonly release: Release;
  /** Hash of the recipe. */
  readonly hash: string;
  /** Folder of the image. */
  readonly directory: string;
  /** The root disk, qcow2. */
  readonly rootDisk: string;
  readonly kernel: string;
  readonly initialRamdisk: string;
  /** Private key that all three users of the lab accept. */
  readonly identityFile: string;
  /** The machine's public host key, as type and text. */
  readonly hostKeyFile: string;
}

const recipeDirectory = path.join(import.meta.dirname, '..', 'image');

/** The recipe's own files. */
export const imageRecipe: { readonly files: string; readonly customize: string } = {
  files: path.join(recipeDirectory, 'files'),
  customize: path.join(recipeDirectory, 'customize.sh'),
};

/** Names the image of a release as the recipe stands now, whether it is built or not. */
export async function locateImage(cache: Cache, release: Release): Promise<Image> {
  const customize = await readFile(imageRecipe.customize, 'utf8');
  // Not the mirror: it says where packages come from, not what they are.
  const bootstrap = mmdebstrapArguments({ release, mirror: '', files: '', customize });
  const hash = hashRecipe({ ...(await readTexts(imageRecipe.files)), bootstrap: bootstrap.join('\n') });
  return imageIn(path.join(cache.images, hash), release, hash);
}

/** The files of an image in a folder. */
export function imageIn(directory: string, release: Release, hash: string): Image {
  return {
    release,
    hash,
    directory,
    rootDisk: path.join(directory, 'root.qcow2'),
    kernel: path.join(directory, 'vmlinuz'),
    initialRamdisk: path.join(directory, 'initrd.img'),
    identityFile: path.join(directory, 'identity'),
    hostKeyFile: path.join(directory, 'host-key.pub'),
  };
}
