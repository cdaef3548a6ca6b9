import type { Dataset, Pool } from '@quiesce/zfs';
import type { VolumeFacts } from './host-facts.js';
import type { ResolvedOptions } from '../options/resolve-options.js';

/** What keeps a dataset from being the target. */
export function* targetProblems(
  options: ResolvedOptions,
  dataset: Dataset | undefined,
  pool: Pool | undefined,
  targetFolder: string | undefined,
): Generator<string> {
  const poolName = options.target.split('/')[0] ?? '';
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
  if (dataset === undefined) {
    yield 'there is no such dataset: make it (zfs create) or correct the name';
  } else if (dataset.type !== 'filesystem') {
    yield `it is a ${dataset.type}: give a file system`;
  } else if (targetFolder === undefined) {
    yield dataset.mounted === true
      ? 'something else is mounted over it, or only a part of it is mounted: see findmnt, and unmount that'
      : `it is not mounted: zfs mount ${dataset.name}`;
  }
}

/** A file system of its own where a copy goes: the snapshot of the target would not hold what it held. */
export function* childProblems(
  options: ResolvedOptions,
  volumes: readonly VolumeFacts[],
  below: readonly Dataset[],
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
