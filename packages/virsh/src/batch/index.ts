export type { BatchMethods } from './batch-methods.js';
export {
  parseVirshBatch,
  toVirshLine,
  virshBatchCommand,
  type BatchCommand,
  type BatchItem,
  type BatchOutcome,
  type BatchOutcomes,
  type VirshBatchOptions,
} from './batch.js';
