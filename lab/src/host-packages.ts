import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { inStep, type OnProgress } from './progress.js';

/** A program or file that making and running labs needs on this host. */
export interface HostNeed {
  /** Name of a program, or absolute path of a file. */
  readonly needed: string;
  /** The Debian package that has it. */
  readonly debianPackage: string;
  /** Needed only by users other than root. */
  readonly onlyWithoutRoot?: boolean;
  /** Needed by tests that run on this host, not by the lab. */
  readonly onlyForTests?: boolean;
}

/** Everything that is needed, and where Debian has it. */
export const hostNeeds: readonly HostNeed[] = [
  { needed: 'qemu-system-x86_64', debianPackage: 'qemu-system-x86' },
  { needed: 'qemu-img', debianPackage: 'qemu-utils' },
  { needed: 'mmdebstrap', debianPackage: 'mmdebstrap' },
  { needed: '/usr/share/keyrings/debian-archive-keyring.gpg', debianPackage: 'debian-archive-keyring' },
  { needed: 'mke2fs', debianPackage: 'e2fsprogs' },
  { needed: 'debugfs', debianPackage: 'e2fsprogs' },
  { needed: 'flock', debianPackage: 'util-linux' },
  { needed: 'unshare', debianPackage: 'util-linux' },
  { needed: 'setpriv', debianPackage: 'util-linux' },
  { needed: 'ssh', debianPackage: 'openssh-client' },
  { needed: 'ssh-keygen', debianPackage: 'openssh-client' },
  { needed: 'newuidmap', debianPackage: 'uidmap', onlyWithoutRoot: true },
  { needed: 'sshd', debianPackage: 'openssh-server', onlyForTests: true },
  { needed: 'rsync', debianPackage: 'rsync', onlyForTests: true },
  { needed: 'chromium', debianPackage: 'chromium', onlyForTests: true },
  // Without a font of its own Chromium draws no letters.
  {
    needed: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
    debianPackage: 'fonts-dejavu-core',
    onlyForTests: true,
  },
];

/**
 * Where programs are looked for: `PATH`, and the folders that Debian leaves out of it for users
 * other than root.
 */
export const programPath: string = [process.env['PATH'] ?? '/usr/bin:/bin', '/usr/sbin', '/sbin'].join(':');

/** Something is missing on this host. */
export class MissingPackagesError extends Error {
  override readonly name: string = 'MissingPackagesError';
  /** The Debian packages to install. */
  readonly packages: readonly string[];

  constructor(missing: readonly HostNeed[]) {
    const packages = packagesFor(missing);
    const names = missing.map(({ needed }) => needed).join(', ');
    super(`The lab needs ${names}. To install what is missing:\n  ${installLine(packages)}`);
    this.packages = packages;
  }
}

/** The packages for what is missing, each once, sorted. */
export function packagesFor(missing: readonly HostNeed[]): readonly string[] {
  return [...new Set(missing.map(({ debianPackage }) => debianPackage))].sort();
}

/** The line to type. */
export function installLine(packages: readonly string[]): string {
  return `sudo sh -c 'apt-get update && apt-get install --no-install-recommends ${packages.join(' ')}'`;
}

async function isThere(needed: string): Promise<boolean> {
  const isFile = path.isAbsolute(needed);
  const candidates = isFile ? [needed] : programPath.split(':').map((directory) => path.join(directory, needed));
  const found = await Promise.allSettled(
    candidates.map((file) => access(file, isFile ? constants.R_OK : constants.X_OK)),
  );
  return found.some(({ status }) => status === 'fulfilled');
}

/** What is missing for this user. */
async function findMissing(forTests = false): Promise<readonly HostNeed[]> {
  const isRoot = process.getuid?.() === 0;
  const needs = hostNeeds.filter(
    ({ onlyWithoutRoot = false, onlyForTests = false }) => !(onlyWithoutRoot && isRoot) && (forTests || !onlyForTests),
  );
  const there = await Promise.all(needs.map(({ needed }) => isThere(needed)));
  return needs.filter((_, index) => there[index] !== true);
}

/** @throws when the lab can't be made on a processor of this kind. */
export function requireArchitecture(architecture: string = process.arch): void {
  if (architecture === 'x64') return;
  throw new Error(
    `The lab is made of Debian's packages for x86-64 and needs a host of that kind; this is ${architecture}.`,
  );
}

/** @throws {@link MissingPackagesError} when something is missing. */
export async function requireHostPackages(): Promise<void> {
  requireArchitecture();
  const missing = await findMissing();
  if (missing.length > 0) throw new MissingPackagesError(missing);
}

/**
 * Installs what is missing with `apt-get` when this process is root.
 *
 * @throws {@link MissingPackagesError} when something is missing and this process is not root.
 */
export async function installMissingPackages(
  options: { onProgress?: OnProgress; signal?: AbortSignal; forTests?: boolean } = {},
): Promise<void> {
  requireArchitecture();
  const missing = await findMissing(options.forTests);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new MissingPackagesError(missing);
  const packages = packagesFor(missing);
  await inStep(options.onProgress, `Installing ${packages.join(' ')}`, async () => {
    const settings = {
      env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      stdin: 'ignore',
      ...(options.signal !== undefined && { cancelSignal: options.signal }),
    } as const;
    // Another apt may be at work, as on a machine that has just started.
    const patiently = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
    await execa('apt-get', [...patiently, 'update'], settings);
    await execa('apt-get', [...patiently, '-y', 'install', '--no-install-recommends', ...packages], settings);
  });
}
