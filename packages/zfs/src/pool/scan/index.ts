export { type WaitForScrubOptions } from './wait-for-scrub.js';
export { zpoolInitializeCommand, type ZpoolInitializeOptions } from './zpool-initialize.js';
export { zpoolResilverCommand, type ZpoolResilverOptions } from './zpool-resilver.js';
export { zpoolScrubCommand, type ZpoolScrubOptions } from './zpool-scrub.js';
export { zpoolTrimCommand, type ZpoolTrimOptions } from './zpool-trim.js';
export { zpoolWaitCommand, type PoolActivity, type ZpoolWaitOptions } from './zpool-wait.js';
export type { PoolScanMethods } from './scan-methods.js';
