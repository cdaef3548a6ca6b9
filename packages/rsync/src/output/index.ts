export { parseItemizedChange, type SyncAttribute, type SyncChange, type SyncFileType } from './itemized-change.js';
export { parseFailure, parseVanished, type FailureContext, type FileFailure } from './messages.js';
export { createOutputParser, type OutputParser, type SyncEvent, type SyncWarning } from './output-parser.js';
export { type SyncProgress } from './progress.js';
export { parseStats, type FileCounts, type SyncStats } from './stats.js';
