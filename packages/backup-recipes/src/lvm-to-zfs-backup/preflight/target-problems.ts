import type { Dataset } from '@quiesce/zfs';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { VolumeFacts } from './host-facts.js';
import type { TargetFacts } from './target-facts.js';

const mebibyte = 1024 ** 2;
/** Less than this is as good as nothing: ZFS itself needs some to remove things. */
const littleBytes = 64 * mebibyte;
/** Bytes that ZFS takes for the name of a snapshot. */
export const longestName = 255;

/** Why no folder is all of a file system, by what the kernel says. */
function mountProblem({ mounted, mountpoint, name }: Dataset, properties: TargetFacts['properties']): string {
  if (mounted === true) {
    return 'something else is mounted over it, or only a part of it is mounted: see findmnt, and unmount that';
  }
  if (properties.get('keystatus') === 'unavailable') {
    const root = properties.get('encryptionroot') ?? name;
    return `it is not mounted, as its key is not loaded: zfs load-key ${root}, then zfs mount ${name}`;
  }
  if (mountpoint === 'legacy') return `it is not mounted, and its mount point is legacy: mount -t zfs ${name} /FOLDER`;
  if (mountpoint?.startsWith('/') !== true) return `it has no mount point: zfs set mountpoint=/FOLDER ${name}`;
  if (properties.get('canmount') === 'off') {
    return `it is not mounted, and can't be: zfs set canmount=on ${name}, then zfs mount ${name}`;
  }
  return `it is not mounted: zfs mount ${name}`;
}

/** What can only be given to a dataset when it is made. */
const atCreation: readonly (readonly [property: string, good: string, why: string])[] = [
  ['casesensitivity', 'sensitive', 'files whose names differ in case alone would be one'],
  ['normalization', 'none', 'files whose names are spelt differently in Unicode would be one'],
  ['utf8only', 'off', 'files with other names could not be copied'],
];

/** Properties of a file system that copies can't be made into it with, or not whole. */
function* propertyProblems(
  { hostRoot, target }: ResolvedOptions,
  { availableBytes }: Dataset,
  { limits, pool, properties }: TargetFacts,
): Generator<string> {
  if (properties.get('readonly') === 'on' && pool?.readOnly !== true) {
    yield `it can only be read: zfs set readonly=off ${target}, or mount it for writing too where that is how it was mounted`;
  }
  if (availableBytes !== undefined && availableBytes < littleBytes) {
    const limited = limits.length === 0 ? '' : ` (${limits.join(', ')})`;
    yield `it has ${String(availableBytes)} bytes left${limited}: make room, or give it more`;
  }
  for (const [property, good, why] of atCreation) {
    const value = properties.get(property);
    if (value === undefined || value === good) continue;
    yield `its ${property} is ${value}: ${why}. That can only be given when a dataset is made: make another (zfs create -o ${property}=${good})`;
  }
  const lost = [
    ...(properties.get('acltype')?.startsWith('posix') === false ? ['acltype=posix'] : []),
    ...(properties.get('xattr') === 'off' ? ['xattr=sa'] : []),
  ];
  if (hostRoot !== undefined && lost.length > 0) {
    yield `it keeps no ACLs or no extended attributes, so those of the host's files would be lost: zfs set ${lost.join(' ')} ${target}`;
  }
}

/** What keeps a dataset from being the target. */
export function* targetProblems(
  options: ResolvedOptions,
  facts: TargetFacts,
  { targetFolder, zfsSnapshot }: { targetFolder: string | undefined; zfsSnapshot: string },
): Generator<string> {
  const { below, pool, properties } = facts;
  const poolName = options.target.split('/')[0] ?? '';
  if (zfsSnapshot.length > longestName) {
    yield `the name of its snapshot would have ${String(zfsSnapshot.length)} bytes, and ZFS takes ${String(longestName)}: make zfsSnapshotPrefix shorter`;
  }
  if (pool === undefined) {
    yield `the host has no pool ${poolName}: import it (zpool import ${poolName}) or correct the name`;
    return;
  }
  const accepted = options.allowDegradedPool ? ['ONLINE', 'DEGRADED'] : ['ONLINE'];
  if (!accepted.includes(pool.state)) {
    const degraded = pool.state === 'DEGRADED' ? ', or run with allowDegradedPool' : '';
    yield `the pool ${pool.name} is ${pool.state}: mend it first (zpool status ${pool.name})${degraded}`;
  }
  if (pool.readOnly) yield `the pool ${pool.name} is imported read-only`;
  const dataset = below.find(({ name }) => name === options.target);
  if (dataset === undefined) {
    yield 'there is no such dataset: make it (zfs create) or correct the name';
  } else if (dataset.type !== 'filesystem') {
    yield `it is a ${dataset.type}: give a file system`;
  } else {
    if (targetFolder === undefined) yield mountProblem(dataset, properties);
    yield* propertyProblems(options, dataset, facts);
  }
}

/**
 * A file system of its own where a copy goes: the snapshot of the target would not hold what it
 * held.
 */
export function* childProblems(
  options: ResolvedOptions,
  volumes: readonly VolumeFacts[],
  { below }: TargetFacts,
  targetFolder: string | undefined,
): Generator<string> {
  const copies = [
    ...volumes.map(({ folderName }) => folderName),
    ...(options.hostRoot === undefined ? [] : [options.hostRoot.folder]),
  ];
  for (const { name, mountpoint, mounted } of below) {
    const folder = copies
      .map((copy) => `${targetFolder ?? ''}/${copy}`)
      .find((copy) => mountpoint === copy || mountpoint?.startsWith(`${copy}/`) === true);
    if (name === options.target || folder === undefined || mounted !== true) continue;
    yield `${folder} is a dataset of its own, or holds one (${name}), which the snapshot of the target would leave out: copy to another target, or make it a folder`;
  }
}
