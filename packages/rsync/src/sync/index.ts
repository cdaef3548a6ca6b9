export { rsyncCommand } from './sync-command.js';
export { type SyncResult, type SyncRun } from './sync-run.js';
export type { SyncMethods } from './sync-methods.js';
