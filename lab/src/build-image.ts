import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, copyFile, cp, mkdir, readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { buildOnce } from './build-once.js';
import type { Cache } from './cache.js';
import { endedWithThisProcess } from './death-signal.js';
import { rootDisk } from './disks.js';
import { runHostCommand } from './host-command.js';
import { imageIn, imageRecipe, locateImage, type Image } from './image.js';
import { mmdebstrapArguments } from './mmdebstrap-arguments.js';
import { inStep, type OnProgress } from './progress.js';
import { removeTree } from './remove-tree.js';
import type { Release } from './release.js';

/** Where packages come from unless `QUIESCE_DEBIAN_MIRROR` says otherwise. */
const defaultMirror = 'http://deb.debian.org/debian';

/** How an image is built. */
export interface BuildOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Returns the image of a release, building it first when there is none for the recipe as it stands.
 */
export async function prepareImage(cache: Cache, release: Release, options: BuildOptions = {}): Promise<Image> {
  const image = await locateImage(cache, release);
  await buildOnce(image.directory, `image of ${release}`, options, (building) =>
    buildImage(imageIn(building, release, image.hash), options),
  );
  return image;
}

async function buildImage(image: Image, options: BuildOptions): Promise<void> {
  const { release, directory } = image;
  const files = path.join(directory, 'files');
  const rawDisk = path.join(directory, 'root.ext4');
  await inStep(options.onProgress, `Building Debian ${release} with mmdebstrap`, async (onLine) => {
    await makeKeys(image, files);
    await bootstrap(release, files, rawDisk, { ...options, directory, onLine });
  });
  await inStep(options.onProgress, `Making the ${release} disk image`, async () => {
    await takeBootFiles(rawDisk, image, options.signal);
    const convert = ['convert', '-O', 'qcow2', rawDisk, image.rootDisk];
    await runHostCommand('qemu-img', convert, { signal: options.signal });
    await chmod(image.rootDisk, 0o444);
    for (const leftover of [files, rawDisk, scratchIn(directory)]) await removeTree(leftover);
  });
}

/** Lays out the files that go into the system: the recipe's own, and keys of this image alone. */
async function makeKeys(image: Image, files: string): Promise<void> {
  await cp(imageRecipe.files, files, { recursive: true });
  const hostKey = path.join(files, 'etc/ssh/ssh_host_ed25519_key');
  for (const file of [image.identityFile, hostKey]) {
    await runHostCommand('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'quiesce-lab', '-f', file]);
  }
  await mkdir(path.join(files, 'root/.ssh'), { recursive: true });
  await copyFile(`${image.identityFile}.pub`, path.join(files, 'root/.ssh/authorized_keys'));
  await copyFile(`${hostKey}.pub`, image.hostKeyFile);
}

const scratchIn = (directory: string): string => path.join(directory, 'scratch');

/**
 * As root mmdebstrap mounts the host's devices into the new system. In namespaces of its own nobody
 * else sees them, and everything of it ends when this process does, even when that is killed.
 */
const contained = [
  ...endedWithThisProcess('KILL'),
  ...['unshare', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child=KILL', '--'],
];

/**
 * Without root it makes such namespaces itself, and it has to remove its scratch folder: only there
 * it is who may.
 */
const tidyingUp = endedWithThisProcess('TERM');

async function bootstrap(
  release: Release,
  files: string,
  rawDisk: string,
  options: BuildOptions & { directory: string; onLine: (line: string) => void },
): Promise<void> {
  const mirror = process.env['QUIESCE_DEBIAN_MIRROR'] ?? defaultMirror;
  const customize = await readFile(imageRecipe.customize, 'utf8');
  // Without root mmdebstrap works as another user, to whom our folder is closed.
  const isRoot = process.getuid?.() === 0;
  const scratch = isRoot ? scratchIn(options.directory) : '/var/tmp';
  await mkdir(scratch, { recursive: true });
  const disk = createWriteStream(rawDisk, { flags: 'wx' });
  await once(disk, 'open');
  try {
    const command = ['mmdebstrap', ...mmdebstrapArguments({ release, mirror, files, customize })];
    const [file = '', ...commandArguments] = [...(isRoot ? contained : tidyingUp), ...command];
    await runHostCommand(file, commandArguments, {
      cwd: '/',
      groupKillSignal: isRoot ? 'SIGKILL' : 'SIGTERM',
      env: { TMPDIR: scratch },
      thirdDescriptor: disk,
      signal: options.signal,
      onLine: (line) => {
        // Its own steps begin with `I:`; the rest is what hundreds of packages say.
        if (/^[IWE]: (?!running )/.test(line)) options.onLine(line.slice(3));
      },
    });
  } finally {
    disk.destroy();
  }
  // dd leaves out a hole at the end.
  await truncate(rawDisk, rootDisk.sizeGibibytes * 2 ** 30);
}

/** Copies kernel and initial RAM disk out of the disk: QEMU starts them directly. */
async function takeBootFiles(rawDisk: string, image: Image, signal: AbortSignal | undefined): Promise<void> {
  const listing = await runHostCommand('debugfs', ['-R', 'ls -p /boot', rawDisk], { signal });
  // A line is /inode/mode/user/group/name/size/.
  const names = listing.split('\n').map((line) => line.split('/')[5] ?? '');
  for (const [prefix, file] of [
    ['vmlinuz-', image.kernel],
    ['initrd.img-', image.initialRamdisk],
  ] as const) {
    const name = names.find((candidate) => candidate.startsWith(prefix));
    if (name === undefined) throw new Error(`The new system has no /boot/${prefix}*.`);
    await runHostCommand('debugfs', ['-R', `dump /boot/${name} "${file}"`, rawDisk], { signal });
    // debugfs ends with 0 whatever happened.
    await chmod(file, 0o444);
  }
}
