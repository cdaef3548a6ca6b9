export type { PoolDeviceMethods } from './device-methods.js';
export type { NewAuxiliaryVdevs, NewDisk, NewDraid, NewLogVdev, NewMirror, NewRaidz, NewVdev } from './new-vdevs.js';
export { zpoolAddCommand, type ZpoolAddOptions } from './zpool-add.js';
export { zpoolAttachCommand, type ZpoolAttachOptions } from './zpool-attach.js';
export { zpoolClearCommand, type ZpoolClearOptions } from './zpool-clear.js';
export { zpoolDetachCommand, type ZpoolDetachOptions } from './zpool-detach.js';
export { zpoolOfflineCommand, type ZpoolOfflineOptions } from './zpool-offline.js';
export { zpoolOnlineCommand, type ZpoolOnlineOptions, parseZpoolOnline } from './zpool-online.js';
export {
  zpoolRemoveCommand,
  type ZpoolRemoveOptions,
  parseZpoolRemovalMemory,
  zpoolRemovalMemoryCommand,
  type RemovalMemory,
  type ZpoolRemovalMemoryOptions,
  type ZpoolRemoveDevicesOptions,
  type ZpoolRemoveStopOptions,
} from './zpool-remove.js';
export { zpoolReopenCommand, type ZpoolReopenOptions } from './zpool-reopen.js';
export { zpoolReplaceCommand, type ZpoolReplaceOptions } from './zpool-replace.js';
