export * from './monitor/index.js';
export type { PoolScan, PoolStatus, Vdev } from './pool-status.js';
export * from './scan/index.js';
export { parseZpoolListGuids, zpoolListGuidsCommand, type PoolGuid } from './zpool-list-guids.js';
export { parseZpoolList, zpoolListCommand, type Pool, type PoolState, type ZpoolListOptions } from './zpool-list.js';
export { parseZpoolStatus } from './zpool-status-json.js';
export { parseZpoolStatusText, zpoolStatusTextCommand } from './zpool-status-text.js';
export { zpoolStatusCommand, type ZpoolStatusOptions } from './zpool-status.js';
export type { PoolMethods } from './pool-methods.js';
