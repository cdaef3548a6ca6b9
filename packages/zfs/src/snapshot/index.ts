export { zfsBookmarkCommand, type ZfsBookmarkOptions } from './bookmark.js';
export { parseZfsDiff, zfsDiffCommand, type ZfsDiffOptions } from './diff.js';
export {
  parseZfsDiffLine,
  type ChangedFile,
  type CreatedOrRemovedFile,
  type FileChange,
  type FileKind,
  type ModifiedFile,
  type RenamedFile,
} from './diff-line.js';
export { zfsHoldCommand, type ZfsHoldOptions } from './hold.js';
export {
  parseZfsHolds,
  zfsHoldsCommand,
  zfsHoldsCountsCommand,
  zfsHoldsMinutesCommand,
  type Hold,
  type ZfsHoldsOptions,
} from './holds.js';
export { zfsReleaseCommand, type ZfsReleaseOptions } from './release.js';
export { zfsSnapshotCommand, type ZfsSnapshotOptions } from './snapshot.js';
export { parseZfsSnapshotPath, zfsSnapshotPathCommand, type ZfsSnapshotPathOptions } from './snapshot-path.js';
export type { SnapshotMethods } from './snapshot-methods.js';
