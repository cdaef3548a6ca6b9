export { type AssertHealthyOptions } from './assert-healthy.js';
export {
  parseZpoolDamagedFiles,
  parseZpoolDamagedFilesText,
  zpoolDamagedFilesCommand,
  zpoolDamagedFilesTextCommand,
  type DamagedFilesOptions,
} from './damaged-files.js';
export { zpoolClearEventsCommand, type ZpoolClearEventsOptions } from './zpool-events-clear.js';
export {
  parseZpoolEventList,
  parseZpoolEvents,
  zpoolEventHeadsCommand,
  zpoolEventsCommand,
  type PoolEvent,
  type ZpoolEventsOptions,
} from './zpool-events.js';
export {
  parseZpoolHistory,
  zpoolHistoryCommand,
  type PoolHistoryEntry,
  type ZpoolHistoryOptions,
} from './zpool-history.js';
export {
  parseZpoolIostat,
  zpoolIostatCommand,
  type PoolIostat,
  type VdevIostat,
  type ZpoolIostatOptions,
} from './zpool-iostat.js';
export type { PoolMonitorMethods } from './monitor-methods.js';
