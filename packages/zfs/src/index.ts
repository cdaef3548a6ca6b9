export { createDatasetCommand, type CreateOptions, type VolumeOptions } from './create.js';
export { createZfs, type Zfs, type ZfsOptions } from './create-zfs.js';
export { type Zpool } from './create-zpool.js';
export { type DetailedPoolStatus, type PoolScan, type Vdev } from './detailed-pool-status.js';
export {
  destroyCommand,
  parseDestroy,
  type Destroyed,
  type DestroyFlags,
  type DestroyOneOptions,
  type DestroyOptions,
  type DestroySnapshotsOptions,
  type SnapshotRange,
  type SnapshotsFrom,
  type SnapshotsUpTo,
} from './destroy.js';
export { zfsErrors } from './error-rules.js';
export * from './errors.js';
export { getCommand, getNamesCommand, parseGet, type GetOptions, type Property, type PropertySource } from './get.js';
export { listCommand, listNamesCommand, parseList, type Dataset, type DatasetType, type ListOptions } from './list.js';
export { type Selection } from './selection.js';
export { setCommand, type SetOptions } from './set.js';
export { snapshotCommand, type SnapshotOptions } from './snapshot.js';
export { parseZpoolHealth, zpoolHealthCommand, type BasicPoolStatus, type VdevState } from './zpool-health.js';
export { parseZpoolList, zpoolListCommand, type Pool, type PoolState, type ZpoolListOptions } from './zpool-list.js';
export { zpoolStatusCommand, type PoolStatus, type ZpoolStatusOptions } from './zpool-status.js';
export { parseZpoolStatus } from './zpool-status-json.js';
