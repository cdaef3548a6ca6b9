import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import type { Accelerator, AcceleratorChoice } from './accelerator.js';
import type { Cache } from './cache.js';
import { disks } from './disks.js';
import type { Image } from './image.js';
import { labSshOptions } from './lab-ssh.js';
import { machineArguments } from './machine-arguments.js';
import { readQemuVersion } from './probe-kvm.js';
import { hashRecipe, readTexts } from './recipe-hash.js';

/** A lab that was set up, with both guests running, and then saved: what every lab starts from. */
export interface ReadyState {
  readonly image: Image;
  readonly accelerator: Accelerator;
  /**
   * Folder with a qcow2 file for each disk, and the machine's state. Nothing in it is ever written
   * again.
   */
  readonly directory: string;
}

/** Name of the file with the machine's memory and devices. */
export const stateFile = 'ready.state';

/** Scripts that are run inside the lab, or installed there, when it is set up. */
export const readyRecipe: string = path.join(import.meta.dirname, '..', 'ready');

const anywhere = { directory: '', kernel: '', initialRamdisk: '', sshPort: 0, restored: false };

/** Names the ready state for an image on this host, whether it is there or not. */
export async function locateReady(
  cache: Cache,
  image: Image,
  { accelerator }: Pick<AcceleratorChoice, 'accelerator'>,
): Promise<ReadyState> {
  const hash = hashRecipe({
    ...(await readTexts(readyRecipe)),
    image: image.hash,
    // A saved state fits only the machine that it was saved from.
    machine: machineArguments({ ...anywhere, accelerator }).join('\n'),
    disks: disks.map(({ serial, sizeGibibytes }) => `${serial} ${sizeGibibytes}`).join('\n'),
    qemu: await readQemuVersion(),
    // With KVM the machine sees the host's own processor.
    processor: accelerator === 'kvm' ? (cpus()[0]?.model ?? '') : '',
  });
  return { image, accelerator, directory: path.join(cache.ready, hash) };
}

/**
 * Whether a ready state was made from its image as that is now. An image that was deleted and built
 * again has the same name and another host key, and what lies on the old one can't be used any
 * more.
 */
export async function fitsImage({ directory, image }: ReadyState): Promise<boolean> {
  const { knownHostsFile } = labSshOptions(directory, 0, image);
  const [hostKey, known] = await Promise.all([readFile(image.hostKeyFile, 'utf8'), readFile(knownHostsFile, 'utf8')]);
  return known.includes(hostKey.trim());
}
