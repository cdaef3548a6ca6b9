import { rootDisk } from './disks.js';
import { packagesInside, packageSources, type Release } from './release.js';

/** What mmdebstrap is to build. */
export interface MmdebstrapOptions {
  readonly release: Release;
  /** Address of a Debian mirror, as `http://deb.debian.org/debian`. */
  readonly mirror: string;
  /** Folder whose content is copied into the new system. */
  readonly files: string;
  /** Text of the script that finishes the new system; its first argument is that system's root. */
  readonly customize: string;
}

const leftOut = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*', '/usr/share/info/*'];

/**
 * Turns the new system into a file system, without what is mounted in it: that is taken away in a
 * namespace of its own. Without root this runs as another user, who may reach none of our folders:
 * so the result goes out through descriptor 3, which this process opened, and its holes stay holes.
 */
const makeFileSystem = [
  'set -eu',
  'image="$1.ext4"',
  `trap 'rm -f "$image"' EXIT`,
  "unshare --mount sh -eu -c '",
  // Lazily, because without root what is mounted below the mount itself can only go along with it.
  '  for folder in dev/pts dev/shm proc sys; do',
  '    while umount --lazy "$1/$folder" 2>/dev/null; do :; done',
  '    test -z "$(ls "$1/$folder")"',
  '  done',
  `  mke2fs -q -t ext4 -E lazy_itable_init=0,lazy_journal_init=0 -d "$1" "$2" ${rootDisk.sizeGibibytes}G`,
  '\' sh "$1" "$image"',
  'dd if="$image" bs=1M conv=sparse status=none >&3',
].join('\n');

/** The arguments of `mmdebstrap`. It writes the root file system to descriptor 3. */
export function mmdebstrapArguments({ release, mirror, files, customize }: MmdebstrapOptions): readonly string[] {
  return [
    ...['--variant=minbase', '--format=null', '--components=main,contrib'],
    '--keyring=/usr/share/keyrings/debian-archive-keyring.gpg',
    '--dpkgopt=force-unsafe-io',
    ...leftOut.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    `--include=${packagesInside(release).join(',')}`,
    `--customize-hook=sync-in ${quote(files)} /`,
    `--customize-hook=${customize}`,
    `--customize-hook=${makeFileSystem}`,
    ...[release, '/dev/null', ...packageSources(release, mirror)],
  ];
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
