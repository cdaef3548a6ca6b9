export { zfsHoldCommand, type ZfsHoldOptions } from './hold.js';
export { zfsSnapshotCommand, type ZfsSnapshotOptions } from './snapshot.js';
export type { SnapshotMethods } from './snapshot-methods.js';
