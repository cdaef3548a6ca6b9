export { zfsAbortReceiveCommand, type ZfsAbortReceiveOptions } from './abort-receive.js';
export { type TransferProgress } from './progress.js';
export { zfsReceiveCommand, type ZfsReceiveOptions, type ZfsReceiveWordOptions } from './receive.js';
export { zfsResumeTokenCommand, type ZfsResumeTokenOptions } from './resume-token.js';
export {
  sendReceive,
  type ReceiveSide,
  type SendReceiveOptions,
  type SendSide,
  type Transferred,
} from './send-receive.js';
export { parseZfsSendSize, zfsSendSizeCommand, type SendPart, type SendSize } from './send-size.js';
export {
  zfsSendCommand,
  type ZfsSendOptions,
  type ZfsSendRestOptions,
  type ZfsSendSavedOptions,
  type ZfsSendSizeOptions,
  type ZfsSendSnapshotOptions,
} from './send.js';
export type { TransferMethods } from './transfer-methods.js';
