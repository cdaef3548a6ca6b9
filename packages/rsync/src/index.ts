export { createRsync, type Rsync } from './create-rsync.js';
export { rsyncErrors } from './error-rules.js';
export {
  ConnectionError,
  FileIoError,
  KilledError,
  MaxDeleteError,
  OutOfSpaceError,
  PartialTransferError,
  RemoteShellError,
  SelectionError,
  UnsupportedError,
  UsageError,
  VanishedFilesError,
  type FileErrorOptions,
} from './errors.js';
export { parseItemizedChange, type SyncAttribute, type SyncChange, type SyncFileType } from './itemized-change.js';
export { parseFailure, parseVanished, type FailureContext, type FileFailure } from './messages.js';
export { createOutputParser, type OutputParser, type SyncEvent, type SyncWarning } from './output-parser.js';
export { type SyncProgress } from './progress.js';
export { parseStats, type FileCounts, type SyncStats } from './stats.js';
export { syncCommand } from './sync-command.js';
export { type SyncOptions } from './sync-options.js';
export { type SyncResult, type SyncRun } from './sync-run.js';
export { parseVersion, versionCommand, type RsyncVersion, type VersionOptions } from './version.js';
