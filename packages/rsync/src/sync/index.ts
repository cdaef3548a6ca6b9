export { rsyncCommand, rsyncDiffCommand } from './sync-command.js';
export type { RsyncDiffOptions } from './diff-options.js';
export { formatRsyncEfficiency, rsyncEfficiency, type EfficiencyHint, type SyncEfficiency } from './efficiency.js';
export type { SyncResult } from './outcome.js';
export type { SyncRun } from './sync-run.js';
export type { SyncMethods } from './sync-methods.js';
