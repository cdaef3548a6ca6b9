import type { LogicalVolume } from '@quiesce/lvm';
import type { FileDevice } from '../../host/file-devices.js';
import { mountOf, type Mount } from '../../host/mounts.js';
import type { PreflightProblem } from '../../preflight-error.js';
import type { VolumeNames } from '../names.js';
import { usualMounts, type ResolvedOptions } from '../options/resolve-options.js';
import type { PreflightWarning } from './host-facts.js';

/**
 * File systems that hold no files of the host: the kernel's own, memory, and what others are
 * layered from.
 */
const withoutFiles = new Set([
  ...['autofs', 'binfmt_misc', 'bpf', 'cgroup', 'cgroup2', 'configfs', 'debugfs', 'devpts', 'devtmpfs', 'efivarfs'],
  ...['fusectl', 'hugetlbfs', 'mqueue', 'nsfs', 'overlay', 'proc', 'pstore', 'ramfs', 'rpc_pipefs', 'securityfs'],
  ...['selinuxfs', 'squashfs', 'sysfs', 'tmpfs', 'tracefs'],
]);

const memory = new Set(['ramfs', 'tmpfs']);

/** Whether a folder lies on something that the kernel makes up, as `/proc`. */
function isMadeUp(folder: string, mounts: readonly Mount[]): boolean {
  const type = mountOf(folder, mounts)?.type ?? '';
  return withoutFiles.has(type) && !memory.has(type) && type !== 'overlay' && type !== 'squashfs';
}

/** The file systems in a folder of the host. */
export interface HostMounts {
  /** Those that are copied too, outer ones first. */
  readonly copied: readonly string[];
  /** Those with files that are left out. */
  readonly leftOut: readonly string[];
}

/**
 * Tells which file systems that are mounted in a folder are copied with it.
 *
 * @param wanted - Those to copy, where they are mounted.
 * @param isElsewhere - Whether a mount is dealt with in another way: the volumes of the run, the
 * target.
 * @param isExcluded - Whether the caller leaves a folder out.
 */
export function hostMountsOf(
  source: string,
  {
    isElsewhere,
    isExcluded,
    mounts,
    wanted,
  }: {
    mounts: readonly Mount[];
    wanted: readonly string[];
    isElsewhere: (mount: Mount) => boolean;
    isExcluded: (folder: string) => boolean;
  },
): HostMounts {
  const inside = mounts.filter(
    (mount) =>
      mount.target !== source &&
      mount.target.startsWith(source === '/' ? '/' : `${source}/`) &&
      // What is covered can't be reached.
      mountOf(mount.target, mounts) === mount,
  );
  const copied = inside.filter(
    ({ target, type }) => wanted.includes(target) && !withoutFiles.has(type) && !isExcluded(target),
  );
  const devices = new Set([mountOf(source, mounts), ...copied].map((mount) => mount?.device));
  const leftOut = inside.filter(
    (mount) =>
      // One that nobody has used yet is not mounted.
      (!withoutFiles.has(mount.type) || (mount.type === 'autofs' && wanted.includes(mount.target))) &&
      !devices.has(mount.device) &&
      !isElsewhere(mount) &&
      !isExcluded(mount.target),
  );
  const names = (found: readonly Mount[]): string[] => found.map(({ target }) => target).sort();
  return { copied: names(copied), leftOut: names(leftOut) };
}

/**
 * What keeps the host's own files from being copied. Without `files` nobody looked whether they are
 * there.
 */
export function* hostRootProblems(
  { hostRoot, target }: ResolvedOptions,
  mounts: readonly Mount[],
  files?: ReadonlyMap<string, FileDevice>,
): Generator<PreflightProblem> {
  if (hostRoot === undefined) return;
  const source = files?.get(hostRoot.source);
  if (files !== undefined && source?.isFolder !== true) {
    const problem = source === undefined ? 'the host has no such folder' : 'it is no folder';
    yield { option: 'hostRoot.source', value: hostRoot.source, problem };
  }
  const folders = [
    { option: 'hostRoot.source', value: hostRoot.source },
    ...hostRoot.mounts.map((value, index) => ({ option: `hostRoot.mounts[${String(index)}]`, value })),
  ];
  for (const { option, value } of folders) {
    const mount = mountOf(value, mounts);
    const isWanted = option !== 'hostRoot.source' && !usualMounts.includes(value);
    if (isWanted && !mounts.some(({ target: place }) => place === value)) {
      // Copied as the empty folder that it is now, it would take the place of what an earlier run
      // copied.
      yield { option, value, problem: 'nothing is mounted there: mount it, or leave it out of hostRoot.mounts' };
    } else if (isMadeUp(value, mounts)) {
      yield { option, value, problem: `the kernel makes it up (${mount?.type ?? ''}): there is nothing to copy` };
    } else if (mount?.type === 'zfs' && mount.source === target) {
      yield { option, value, problem: 'it lies on the target itself: the copy would hold itself' };
    }
  }
}

/**
 * The file systems of the host that are copied, and those that are left out without a word of the
 * caller's.
 */
export function hostMountsFor(
  { hostRoot, mountRoot, target }: ResolvedOptions,
  volumes: readonly VolumeNames[],
  lvs: readonly LogicalVolume[],
  mounts: readonly Mount[],
): HostMounts {
  if (hostRoot === undefined) return { copied: [], leftOut: [] };
  const { exclude, mounts: wanted, source } = hostRoot;
  const devices = volumes.flatMap(({ name, path, volumeGroup }) => [
    path,
    lvs.find((one) => one.volumeGroup === volumeGroup && one.name === name)?.dmPath,
  ]);
  const named = new Set(exclude.map((pattern) => pattern.replace(/\/?\*{0,2}$/, '')));
  const isExcluded = (path: string): boolean => {
    const parts = (source === '/' ? path : path.slice(source.length)).split('/').slice(1);
    return parts.some((part, index) => named.has(part) || named.has(`/${parts.slice(0, index + 1).join('/')}`));
  };
  return hostMountsOf(source, {
    mounts,
    wanted,
    isExcluded,
    isElsewhere: (mount) =>
      mount.target.startsWith(`${mountRoot}/`) ||
      (mount.type === 'zfs' && (mount.source === target || mount.source.startsWith(`${target}/`))) ||
      devices.includes(mount.source),
  });
}

/** Names what is left out. */
export function* leftOutWarnings(
  { hostRoot }: ResolvedOptions,
  { copied, leftOut }: HostMounts,
  mounts: readonly Mount[],
): Generator<PreflightWarning> {
  if (hostRoot === undefined) return;
  const { source } = hostRoot;
  if (leftOut.length > 0) {
    const names = leftOut.join(', ');
    const beside = hostRoot.mounts.length === 0 ? '' : `, beside ${hostRoot.mounts.join(', ')},`;
    const next = `name them in hostRoot.mounts${beside} to copy them, or in hostRoot.exclude to leave them out without a word`;
    const message = `file systems of their own are left out, and what an earlier run may have copied of them is old: ${names}; ${next}`;
    yield { subject: source, message };
  }
  // To rsync each subvolume is a file system of its own, and the kernel lists only those that are
  // mounted.
  for (const folder of [source, ...copied]) {
    if (mountOf(folder, mounts)?.type !== 'btrfs') continue;
    const message = `${folder} lies on btrfs: subvolumes in it that are not mounted by themselves are left out (btrfs subvolume list ${folder}); mount them, and name them in hostRoot.mounts to copy them`;
    yield { subject: source, message };
  }
}
