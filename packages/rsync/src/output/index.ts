export { type FileName } from './file-name.js';
export {
  parseRsyncDifference,
  parseRsyncItemizedChange,
  type SyncAttribute,
  type SyncChange,
  type SyncDifference,
  type SyncFileType,
} from './itemized-change.js';
export { parseRsyncFailure, parseRsyncVanished, type FailureContext, type FileFailure } from './messages.js';
export {
  createOutputParser,
  type OutputParser,
  type OutputParserSettings,
  type SyncEvent,
  type SyncWarning,
} from './output-parser.js';
export { type SyncProgress } from './progress.js';
export { parseRsyncStats, type FileCounts, type SyncStats } from './stats.js';
