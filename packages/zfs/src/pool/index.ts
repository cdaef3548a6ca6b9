export {
  parseZpoolListHealth,
  zpoolListHealthCommand,
  type BasicPoolStatus,
  type VdevState,
} from './zpool-list-health.js';
export { parseZpoolList, zpoolListCommand, type Pool, type PoolState, type ZpoolListOptions } from './zpool-list.js';
export { type DetailedPoolStatus, type PoolScan, type Vdev } from './zpool-status-detailed.js';
export { parseZpoolStatus } from './zpool-status-json.js';
export { zpoolStatusCommand, type PoolStatus, type ZpoolStatusOptions } from './zpool-status.js';
export * from './device/index.js';
export * from './lifecycle/index.js';
export type { PoolMethods } from './pool-methods.js';
