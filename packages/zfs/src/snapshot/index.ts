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
export type { SnapshotMethods } from './snapshot-methods.js';
